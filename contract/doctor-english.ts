/** The doctor's English: one text for the screen's catalogue and for the command line, so that both say the same. */
import type { DoctorFinding, DoctorStepName, doctorFindings } from './doctor.ts';

/** Findings after which somebody has something to try. */
type Troublesome = {
  [F in DoctorFinding]: (typeof doctorFindings)[F] extends 'failed' | 'warning' ? F : never;
}[DoctorFinding];

type DoctorTexts = Readonly<
  Record<`doctor.step.${DoctorStepName}` | `doctor.found.${DoctorFinding}` | `doctor.try.${Troublesome}`, string>
>;

export const doctorEnglish = {
  'doctor.step.proxy': 'Proxy',
  'doctor.step.name': 'Name',
  'doctor.step.tcp': 'Network',
  'doctor.step.tls': 'Certificate',
  'doctor.step.http': 'Gateway',
  'doctor.step.polling': 'Live over HTTP',
  'doctor.step.websocket': 'WebSocket',
  'doctor.step.ticket': 'Identity',
  'doctor.step.clock': 'Clock',
  'doctor.step.join': 'Letting in',
  'doctor.step.resume': 'Events',

  'doctor.found.not-reached': 'Not tried, because of what was found above.',
  'doctor.found.proxy-none': 'No proxy is used for this address.',
  'doctor.found.proxy-answers': 'The proxy {proxy} leads to the gateway.',
  'doctor.found.proxy-name': 'The network does not know the proxy’s name {proxy}.',
  'doctor.found.proxy-unreachable': 'The proxy {proxy} cannot be reached ({code}).',
  'doctor.found.proxy-silent': 'The proxy {proxy} did not answer within {seconds} s.',
  'doctor.found.proxy-sign-in': 'The proxy {proxy} wants a user name and a password first (HTTP 407).',
  'doctor.found.proxy-refuses': 'The proxy {proxy} does not let this device through to {host} (HTTP {status}).',
  'doctor.found.name-found': '{host} is {addresses}.',
  'doctor.found.name-address': '{host} is an address already.',
  'doctor.found.name-by-proxy': 'The proxy looks the name up.',
  'doctor.found.name-unknown': 'The network does not know the name {host} ({code}).',
  'doctor.found.name-silent': 'The network’s name service did not answer ({code}).',
  'doctor.found.tcp-open': 'Port {port} answers at {addresses}.',
  'doctor.found.tcp-partly': 'Port {port} answers at {addresses}, but not at {silent} ({code}).',
  'doctor.found.tcp-by-proxy': 'The proxy connects.',
  'doctor.found.tcp-refused': '{addresses} is there, but nothing listens on port {port}.',
  'doctor.found.tcp-silent': 'Port {port} at {addresses} did not answer within {seconds} s.',
  'doctor.found.tcp-unreachable': '{addresses} cannot be reached from this device ({code}).',
  'doctor.found.tls-trusted': 'For {names}, by {issuer}, good until {until}.',
  'doctor.found.tls-ends-soon': 'For {names}, by {issuer}, good for {days} more days only.',
  'doctor.found.tls-none': 'Not encrypted: the gateway is on this device.',
  'doctor.found.tls-expired': 'The certificate expired on {until}.',
  'doctor.found.tls-not-yet': 'The certificate is good from {from} on only.',
  'doctor.found.tls-other-name': 'The certificate is for {names}, not for {host}.',
  'doctor.found.tls-self-signed': 'The certificate is signed by nobody but itself.',
  'doctor.found.tls-authority': 'The certificate is by {issuer}, whom this device does not trust.',
  'doctor.found.tls-untrusted': 'The certificate is not trusted ({code}).',
  'doctor.found.tls-not-spoken': 'Something answers on port {port}, but it speaks no TLS ({code}).',
  'doctor.found.tls-silent': 'The TLS handshake did not end within {seconds} s.',
  'doctor.found.tls-broken': 'The connection broke in the TLS handshake ({code}).',
  'doctor.found.http-gateway': 'A Tillwatch gateway of version {version} answers.',
  'doctor.found.polling-open': 'Long polling is let through.',
  'doctor.found.websocket-open': 'WebSocket is let through.',
  'doctor.found.websocket-stripped': 'Something on the way does not let WebSocket through (HTTP {status}).',
  'doctor.found.websocket-silent': 'WebSocket did not open within {seconds} s.',
  'doctor.found.websocket-broken': 'The WebSocket connection broke ({code}).',
  'doctor.found.ticket-given': 'The gateway knows this device as {name} ({role}).',
  'doctor.found.ticket-not-paired': 'Not tried: this device is not paired with this gateway.',
  'doctor.found.ticket-key-protected':
    'Not tried: the operating system protects this device’s key. Run the doctor in the application, under Health.',
  'doctor.found.ticket-elsewhere': 'Not tried: this device is paired with {gateway}.',
  'doctor.found.ticket-unknown': 'The gateway does not know this device’s key.',
  'doctor.found.ticket-revoked': 'This device was revoked at the gateway.',
  'doctor.found.ticket-late': 'The answer to the gateway’s challenge came too late.',
  'doctor.found.clock-right': 'This device’s clock agrees with the gateway’s (± {error} ms).',
  'doctor.found.clock-ahead': 'This device’s clock is {seconds} s ahead of the gateway’s.',
  'doctor.found.clock-behind': 'This device’s clock is {seconds} s behind the gateway’s.',
  'doctor.found.join-let-in': 'The gateway lets this device in.',
  'doctor.found.join-in-use': 'This device is connected at this moment.',
  'doctor.found.join-version': 'The gateway speaks another version of the protocol. {detail}',
  'doctor.found.resume-follows': '{store}: goes on after #{seq}, {behind} to catch up.',
  'doctor.found.resume-picture': '{store}: begins with a new picture ({reason}), as it should here.',
  'doctor.found.resume-taken-away': 'The gateway does not let this device watch {store}.',
  'doctor.found.way-sign-in': 'A web page answers instead of the gateway ({what}).',
  'doctor.found.way-stranger': 'What answers is not a Tillwatch gateway ({what}).',
  'doctor.found.way-between': 'Something between this device and the gateway answers in its place ({what}).',
  'doctor.found.way-trouble': 'The gateway, or what stands before it, is in trouble ({what}).',
  'doctor.found.way-draining': 'The gateway is about to restart.',
  'doctor.found.way-patience': 'The gateway asks for patience after too many tries ({what}).',
  'doctor.found.way-silent': 'No answer came within {seconds} s.',
  'doctor.found.way-broken': 'The connection broke before an answer came ({what}).',

  'doctor.try.proxy-name': 'Check the proxy’s address in this device’s network settings.',
  'doctor.try.proxy-unreachable':
    'Check the proxy’s address and port in this device’s network settings, and whether the proxy runs.',
  'doctor.try.proxy-silent': 'Ask whoever runs the network whether the proxy works.',
  'doctor.try.proxy-sign-in':
    'Ask whoever runs the network to let this device reach the gateway without a password, or which one the proxy takes.',
  'doctor.try.proxy-refuses': 'Ask whoever runs the network to let this device reach the gateway’s address and port.',
  'doctor.try.name-unknown':
    'Check the spelling of the gateway’s address. If it is right, this network’s name service does not know it: try another network, or ask whoever runs the gateway.',
  'doctor.try.name-silent':
    'Check that this device is connected to a network, and restart the router if others fail too.',
  'doctor.try.tcp-partly':
    'Tillwatch uses what answers, and connecting may take a moment longer. Whoever runs the network or the gateway can mend the other way.',
  'doctor.try.tcp-refused': 'Check the port in the gateway’s address, and whether the gateway runs.',
  'doctor.try.tcp-silent':
    'A firewall may swallow the connection, or the gateway’s computer is off. Try another network; if that works, ask whoever runs this one to allow this port.',
  'doctor.try.tcp-unreachable': 'Check that this device is connected to a network that leads to the gateway.',
  'doctor.try.tls-ends-soon': 'Tell whoever runs the gateway to renew its certificate.',
  'doctor.try.tls-expired':
    'Check the date and time of this device first. If they are right, whoever runs the gateway has to renew its certificate.',
  'doctor.try.tls-not-yet': 'Check the date and time of this device: they are probably in the past.',
  'doctor.try.tls-other-name':
    'Use the name the certificate is for, or ask whoever runs the gateway for a certificate for this name. On a guest network, sign in first.',
  'doctor.try.tls-self-signed':
    'Ask whoever runs the gateway for a certificate by a public authority, or have this device trust the gateway’s own one. Do not go on if you did not expect this.',
  'doctor.try.tls-authority':
    'If your company has an authority of its own, have it installed on this device. Otherwise somebody on the way may be reading along: tell whoever runs the network.',
  'doctor.try.tls-untrusted': 'Tell whoever runs the gateway, with the code above.',
  'doctor.try.tls-not-spoken': 'Check the port in the gateway’s address: https has its own, usually 443.',
  'doctor.try.tls-silent': 'Try another network. If that works, something on this one holds the connection up.',
  'doctor.try.tls-broken':
    'Try another network. If that works, a firewall or virus scanner on the way cuts the connection.',
  'doctor.try.websocket-stripped':
    'Nothing is lost: Tillwatch goes on over HTTP, a little slower. Let WebSocket through at the reverse proxy, the firewall or the virus scanner.',
  'doctor.try.websocket-silent':
    'Nothing is lost: Tillwatch goes on over HTTP, a little slower. Let WebSocket through at the reverse proxy, the firewall or the virus scanner.',
  'doctor.try.websocket-broken':
    'Nothing is lost: Tillwatch goes on over HTTP, a little slower. Tell whoever runs the network, with the code above.',
  'doctor.try.ticket-unknown':
    'Pair this device again with a new code. If the gateway’s data was lost or restored, all devices have to be paired again.',
  'doctor.try.ticket-revoked': 'If that was a mistake, ask for a new pairing code and pair this device again.',
  'doctor.try.ticket-late': 'Run the doctor again. If it stays so, the network is too slow at the moment.',
  'doctor.try.clock-ahead':
    'Set this device’s clock, best automatically. Countdowns follow the gateway’s clock and stay right.',
  'doctor.try.clock-behind':
    'Set this device’s clock, best automatically. Countdowns follow the gateway’s clock and stay right.',
  'doctor.try.join-version': 'Update Tillwatch on this device, or the gateway, whichever is older.',
  'doctor.try.resume-taken-away': 'Ask whoever runs the gateway whether this device should watch that store.',
  'doctor.try.way-sign-in':
    'On a guest network, open a web browser and sign in. Otherwise check the address: it may lead to a web site instead of the gateway.',
  'doctor.try.way-stranger': 'Check the gateway’s address, its port and its path: another server answers there.',
  'doctor.try.way-between':
    'Ask whoever runs the network, or the reverse proxy before the gateway, to let Tillwatch’s requests through unchanged.',
  'doctor.try.way-trouble': 'Wait a minute and try again. If it stays so, tell whoever runs the gateway.',
  'doctor.try.way-draining': 'Wait a minute: Tillwatch comes back by itself.',
  'doctor.try.way-patience': 'Wait a few minutes, then try again.',
  'doctor.try.way-silent': 'Try again, then try another network. If others work, tell whoever runs this one.',
  'doctor.try.way-broken': 'Try again, then try another network. If others work, tell whoever runs this one.',
} as const satisfies DoctorTexts;

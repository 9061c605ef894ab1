/** A certificate authority of a test's own, made when it runs, so that no key and no expiry lives in the repository. */
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { bits, boolean, context, integer, octets, oid, sequence, set, text, time } from './der.ts';

export interface Certificate {
  /** PEM. */
  readonly cert: string;
  readonly key: string;
}

/** Epoch milliseconds. */
export interface Validity {
  readonly from: number;
  readonly to: number;
}

export interface Authority extends Certificate {
  /** @param validity a day before and after now where none is given */
  issue(hosts: readonly string[], validity?: Validity): Certificate;
}

const ECDSA_SHA256 = sequence(oid('1.2.840.10045.4.3.2'));
const DAY_MS = 86_400_000;

export function createAuthority(name: string): Authority {
  const { publicKey, privateKey } = keys();
  const isAuthority = extension('2.5.29.19', sequence(boolean(true)), true);
  const cert = certificate({ issuer: name, subject: name, publicKey, signedBy: privateKey, extensions: [isAuthority] });
  return {
    cert,
    key: pem(privateKey),
    issue: (hosts, validity) => {
      const own = keys();
      const names = hosts.map((host) => context(2, Buffer.from(host, 'latin1'), false));
      const extensions = [extension('2.5.29.17', sequence(...names))];
      const subject = hosts[0] ?? 'nobody';
      const { publicKey: its } = own;
      const claims = { issuer: name, subject, publicKey: its, signedBy: privateKey, extensions };
      const issued = certificate({ ...claims, ...(validity && { validity }) });
      return { cert: issued, key: pem(own.privateKey) };
    },
  };
}

function keys(): { publicKey: KeyObject; privateKey: KeyObject } {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

interface Claims {
  readonly issuer: string;
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly signedBy: KeyObject;
  readonly extensions: readonly Buffer[];
  readonly validity?: Validity;
}

/** Source: RFC 5280, section 4.1. @returns PEM */
function certificate({ issuer, subject, publicKey, signedBy, extensions, validity }: Claims): string {
  const { from, to } = validity ?? { from: Date.now() - DAY_MS, to: Date.now() + DAY_MS };
  const toBeSigned = sequence(
    context(0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ECDSA_SHA256,
    distinguished(issuer),
    sequence(time(new Date(from)), time(new Date(to))),
    distinguished(subject),
    publicKey.export({ format: 'der', type: 'spki' }),
    context(3, sequence(...extensions)),
  );
  const whole = sequence(toBeSigned, ECDSA_SHA256, bits(sign('sha256', toBeSigned, signedBy)));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function distinguished(commonName: string): Buffer {
  return sequence(set(sequence(oid('2.5.4.3'), text(commonName))));
}

function extension(id: string, value: Buffer, critical = false): Buffer {
  return sequence(oid(id), ...(critical ? [boolean(true)] : []), octets(value));
}

function pem(key: KeyObject): string {
  return key.export({ format: 'pem', type: 'pkcs8' }).toString();
}

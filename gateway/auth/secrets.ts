/** Random secrets, and the hashes by which they are stored and compared. */
import { createHash, randomBytes } from 'node:crypto';

/** Letters and digits that people don't confuse: 30 symbols, 4.9 bits each. */
const READABLE = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
const GROUPS = 4;
const GROUP_LENGTH = 4;

/** 256 random bits behind a prefix that says what it is: `twk_` a key, `twt_` a ticket, `tws_` a session. */
export function newSecret(prefix: string): string {
  return `${prefix}_${randomBytes(32).toString('base64url')}`;
}

export function isSecret(prefix: string, text: string): boolean {
  return text.startsWith(`${prefix}_`) && /^[A-Za-z0-9_-]{43}$/.test(text.slice(prefix.length + 1));
}

/** A stored secret is only ever its hash; looking a hash up tells a stranger nothing by its timing. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(9).toString('base64url')}`;
}

/** A pairing code such as `K7QF-2MXA-9RTP-HV4C`: 16 symbols, 78 bits [AU1]. */
export function newPairingCode(): string {
  const group = () => Array.from({ length: GROUP_LENGTH }, readable).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}

/** As typed by a person: case, spaces and dashes don't matter. */
export function normalPairingCode(code: string): string {
  return code.toUpperCase().replace(/[^A-Z0-9]/g, '');
}

function readable(): string {
  for (;;) {
    const byte = randomBytes(1)[0] ?? 255;
    // Bytes beyond the last whole multiple would make the first letters likelier.
    if (byte < 256 - (256 % READABLE.length)) return READABLE.charAt(byte % READABLE.length);
  }
}

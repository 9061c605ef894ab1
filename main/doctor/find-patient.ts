import { stat } from 'node:fs/promises';
import path from 'node:path';
import { found } from '../desk/doctor/found.ts';
import type { Patient } from '../desk/doctor/patient.ts';
import { loadPairing } from '../desk/pairing/pairing.ts';
import type { Pairing } from '../desk/pairing/pairing.ts';
import { createFileSecrets } from '../profile/file-secrets.ts';
import { keyFileOf, shownPlace } from '../profile/gateways/places.ts';
import type { DoctorArguments } from './doctor-arguments.ts';

/** What a profile holds as this device's key. */
type KeyFile = Pairing | 'none' | 'protected';

/**
 * Whose way is examined, out of the arguments and the profile they name. Its journal stays closed: it belongs to the
 * desk that may be running.
 * @returns a message for a person where there is nobody
 */
export async function findPatient({ gateway, data }: DoctorArguments): Promise<Patient | string> {
  const key = data === null ? 'none' : await readKey(data);
  const paired = typeof key === 'string' ? null : key;
  const at = gateway ?? paired?.gateway ?? null;
  if (at === null) {
    return key === 'protected'
      ? 'The operating system protects this profile’s key: give --gateway URL, or use the doctor in the application.'
      : 'This profile is not paired: give --gateway URL.';
  }
  return { gateway: at, identity: identityAt(at, key), positions: null, connected: () => false };
}

function identityAt(gateway: string, key: KeyFile): Patient['identity'] {
  if (key === 'none') return found('ticket-not-paired');
  if (key === 'protected') return found('ticket-key-protected');
  return key.gateway === gateway ? key : found('ticket-elsewhere', { gateway: key.gateway });
}

/** A folder given to a host, or the one above it that `npm start` takes. */
async function readKey(data: string): Promise<KeyFile> {
  for (const folder of [data, path.join(data, 'desk')]) {
    const file = keyFileOf(folder, shownPlace(folder));
    if (!(await isFile(file))) continue;
    return (await loadPairing(createFileSecrets(file))) ?? 'protected';
  }
  return 'none';
}

async function isFile(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

import { z } from 'zod';
import type { SafeStorage } from 'electron';
import type { SecretStore } from '../desk/desk.ts';

export type Cipher = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>;

/** What the file holds: the secret encrypted by the system's key, base64. */
const sealedSchema = z.object({ sealed: z.base64() });

/** True where the system keeps a key of its own; `basic_text` is a password that every copy of Chromium knows. */
async function isProtected(cipher: Cipher, platform: NodeJS.Platform): Promise<boolean> {
  if (platform === 'linux' && ['basic_text', 'unknown'].includes(cipher.getSelectedStorageBackend())) return false;
  return cipher.isAsyncEncryptionAvailable().catch(() => false);
}

/**
 * Keeps the device key encrypted by the system [AU1]. Where the system has no protection, the plain file is used and
 * `kind` tells so. A plain key that was written before protection came is sealed when it is next read.
 * @param file where the sealed or plain text is kept, mode 0600
 */
export async function openSafeSecrets(
  file: SecretStore,
  cipher: Cipher,
  platform: NodeJS.Platform,
): Promise<SecretStore> {
  if (!(await isProtected(cipher, platform))) return { ...file, load: () => loadPlain(file) };
  const save = async (secret: string) => {
    const sealed = (await cipher.encryptStringAsync(secret)).toString('base64');
    await file.save(JSON.stringify({ sealed }));
  };
  return {
    kind: 'protected',
    async load() {
      const text = await file.load();
      if (text === null) return null;
      const sealed = sealedIn(text);
      if (sealed === null) {
        await save(text);
        return text;
      }
      const { result, shouldReEncrypt } = await cipher.decryptStringAsync(Buffer.from(sealed, 'base64'));
      if (shouldReEncrypt) await save(result);
      return result;
    },
    save,
    clear: () => file.clear(),
  };
}

function sealedIn(text: string): string | null {
  try {
    return sealedSchema.safeParse(JSON.parse(text)).data?.sealed ?? null;
  } catch {
    return null;
  }
}

/** @throws when the key was sealed by a protection that is not there now: pairing anew must be a person's decision */
async function loadPlain(file: SecretStore): Promise<string | null> {
  const text = await file.load();
  if (text !== null && sealedIn(text) !== null) {
    throw new Error('The key of this device was protected by the system, whose protection cannot be reached now.');
  }
  return text;
}

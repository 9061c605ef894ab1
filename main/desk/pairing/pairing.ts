import { z } from 'zod';
import { roleSchema } from '../../../contract/protocol.ts';
import { nameSchema } from '../../../contract/order.ts';
import type { SecretStore } from '../desk.ts';

/**
 * What this device is paired with. It is kept whole in the SecretStore, beside the key it belongs to, so that neither
 * a lost journal nor a half-written file can part them.
 */
export const pairingSchema = z.object({
  version: z.literal(1),
  gateway: z.string(),
  deskId: z.string().min(1),
  name: z.string(),
  role: roleSchema,
  stores: z.array(z.object({ id: nameSchema, name: z.string() })),
  privateKey: z.string().min(1),
});
export type Pairing = z.infer<typeof pairingSchema>;

/** @returns null when nothing was saved, or what was saved cannot be read any more */
export async function loadPairing(secrets: SecretStore): Promise<Pairing | null> {
  const saved = await secrets.load();
  if (saved === null) return null;
  try {
    return pairingSchema.parse(JSON.parse(saved));
  } catch {
    return null;
  }
}

export async function savePairing(secrets: SecretStore, pairing: Pairing): Promise<void> {
  await secrets.save(JSON.stringify(pairing));
}

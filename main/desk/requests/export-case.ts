import type { RequestOutput } from '../../../contract/ipc.ts';
import { partsOf } from '../../../contract/saved-file.ts';
import type { GatewayApi } from '../connection/gateway-api.ts';
import { deskErrorOf } from './desk-error-of.ts';

/**
 * The gateway's file of one order as it came, so that its signature holds.
 * @throws DeskError as the gateway or the way to it refuses
 */
export async function exportCase(
  api: Pick<GatewayApi, 'caseFile'>,
  store: string,
  order: string,
): Promise<RequestOutput<'case.export'>> {
  const read = await api.caseFile(store, order);
  if (!read.ok) throw deskErrorOf(read.failure);
  const { fileName, text } = read.value;
  const named = /^[A-Za-z0-9][\w.-]{0,100}\.json$/.test(fileName ?? '') ? fileName : null;
  return {
    suggestedName: named ?? `tillwatch-case-${order.replaceAll(/[^\w-]/g, '_')}.json`,
    mediaType: 'application/json',
    encoding: 'utf8',
    parts: partsOf(text),
  };
}

/** What a direct order must satisfy beyond its schema, all faults at once. */
import type { DirectOrder } from '../../../contract/protocol.ts';
import { addressFault } from '../../chains/address-fault.ts';
import { evmAddressFault } from '../../chains/evm/address.ts';

export interface Fault {
  /** Path of the field, such as `pay.0.address`. */
  readonly field: string;
  readonly message: string;
}

/** Source: CAIP-2, the chain id's grammar. */
const CAIP2 = /^[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}$/;
const ZERO_ADDRESS = /^0x0{40}$/;

/** @returns every fault, none when the order can be taken */
export function directOrderFaults(input: DirectOrder): Fault[] {
  return [
    ...input.pay.flatMap((option, index) => optionFaults(option, `pay.${index}`)),
    ...duplicates(input),
    ...metadataFaults(input),
  ];
}

const METADATA_BYTES = 8 * 1024;

/** Its schema counts characters, of which one may take several bytes. */
function metadataFaults({ metadata }: DirectOrder): Fault[] {
  if (Buffer.byteLength(JSON.stringify(metadata ?? {})) <= METADATA_BYTES) return [];
  return [{ field: 'metadata', message: 'at most 8 KiB' }];
}

type PayInput = DirectOrder['pay'][number];

function optionFaults({ chain, asset, address }: PayInput, path: string): Fault[] {
  if (!CAIP2.test(chain)) {
    return [{ field: `${path}.chain`, message: 'must be a CAIP-2 chain id such as eip155:1' }];
  }
  if (chain.startsWith('eip155:')) return evmFaults(chain, asset, address, path);
  const fault = addressFault(chain, address);
  return [
    ...(asset === 'native' ? [] : [{ field: `${path}.asset`, message: 'ERC-20 tokens exist on eip155 chains only' }]),
    ...(fault === null ? [] : [{ field: `${path}.address`, message: fault }]),
  ];
}

function evmFaults(chain: string, asset: string, address: string, path: string): Fault[] {
  const faults: Fault[] = [];
  const token = asset.startsWith('erc20:') ? asset.slice('erc20:'.length) : null;
  if (token !== null && ZERO_ADDRESS.test(token)) {
    faults.push({ field: `${path}.asset`, message: 'the zero address is no token contract' });
  }
  const tokenFault = token === null ? null : evmAddressFault(token, chain);
  if (tokenFault !== null) faults.push({ field: `${path}.asset`, message: `the token's address ${tokenFault}` });
  const fault = evmAddressFault(address, chain);
  if (fault !== null) {
    faults.push({ field: `${path}.address`, message: fault });
  } else if (ZERO_ADDRESS.test(address)) {
    faults.push({ field: `${path}.address`, message: 'nobody can spend what is sent to the zero address' });
  } else if (token?.toLowerCase() === address.toLowerCase()) {
    faults.push({ field: `${path}.address`, message: "is the token's contract: money sent there is lost" });
  }
  return faults;
}

/** Two ways to pay in one asset of one chain could not be told apart by what arrives. */
function duplicates({ pay }: DirectOrder): Fault[] {
  const first = new Map<string, number>();
  return pay.flatMap(({ chain, asset }, index) => {
    const key = `${chain} ${asset.toLowerCase()}`;
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, index);
      return [];
    }
    return [
      { field: `pay.${index}.asset`, message: `is asked for already by pay.${before}: one way per asset and chain` },
    ];
  });
}

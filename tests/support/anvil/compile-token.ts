import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Abi, Hex } from 'viem';

export interface CompiledToken {
  readonly abi: Abi;
  readonly bytecode: Hex;
}

interface SolcOutput {
  readonly errors?: readonly { severity: string; formattedMessage: string }[];
  readonly contracts?: {
    readonly 'test-token.sol'?: { readonly TestToken?: { abi: Abi; evm: { bytecode: { object: string } } } };
  };
}

/** Compiles test-token.sol, in less than a second. */
export function compileToken(): CompiledToken {
  const solc = createRequire(import.meta.url)('solc') as { compile(input: string): string };
  const content = readFileSync(path.join(import.meta.dirname, 'test-token.sol'), 'utf8');
  const input = {
    language: 'Solidity',
    sources: { 'test-token.sol': { content } },
    settings: { evmVersion: 'paris', outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } } },
  };
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as SolcOutput;
  const token = output.contracts?.['test-token.sol']?.TestToken;
  if (!token) throw new Error(output.errors?.map((error) => error.formattedMessage).join('\n') ?? 'nothing compiled');
  return { abi: token.abi, bytecode: `0x${token.evm.bytecode.object}` };
}

import { startScriptedGateway } from '../../support/scripted-gateway/scripted-gateway.ts';
import type { ScriptedGateway } from '../../support/scripted-gateway/scripted-gateway.ts';
import { startDesk } from './desk-under-test.ts';
import type { DeskUnderTest } from './desk-under-test.ts';

/** A desk, and a gateway that misbehaves when it is told to. */
export interface DeskAtGateway {
  readonly gateway: ScriptedGateway;
  readonly desk: DeskUnderTest;
  /** Pairs them; resolves when the screen is live. */
  live(): Promise<void>;
  close(): Promise<void>;
}

/** Not paired yet. */
export async function openDeskAtGateway(): Promise<DeskAtGateway> {
  const gateway = await startScriptedGateway();
  const desk = await startDesk();
  return {
    gateway,
    desk,
    async live() {
      await desk.pair(gateway.url, gateway.code);
      await desk.live();
    },
    async close() {
      await desk.stop();
      await gateway.close();
    },
  };
}

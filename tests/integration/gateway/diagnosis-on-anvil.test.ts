import { afterEach, describe, test } from 'vitest';
import { anvilBinary } from '../../support/anvil/start-anvil.ts';
import { commonScenarios } from '../../support/diagnosed-order/common-scenarios.ts';
import { evmScenarios } from '../../support/diagnosed-order/evm-scenarios.ts';
import { openEvmStage } from '../../support/diagnosed-order/evm-payer.ts';
import { playScenario } from '../../support/diagnosed-order/scenario.ts';

describe.skipIf(anvilBinary() === null)('[DG1] a real node, and what the gateway finds', () => {
  const opened: { close(): Promise<void> }[] = [];

  afterEach(async () => {
    for (const each of opened.splice(0).reverse()) await each.close();
  });

  test.each([...commonScenarios, ...evmScenarios])(
    '$name: $code',
    async (scenario) => {
      const stage = await openEvmStage(scenario.forgottenAfterMs);
      opened.push(stage.payer, stage.order);
      await playScenario(stage, scenario);
    },
    120_000,
  );
});

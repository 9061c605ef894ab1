import { afterEach, describe, test } from 'vitest';
import { nodeShapes, openBitcoinStage } from '../../support/diagnosed-order/bitcoin-payer.ts';
import type { NodeShape } from '../../support/diagnosed-order/bitcoin-payer.ts';
import { commonScenarios } from '../../support/diagnosed-order/common-scenarios.ts';
import type { Payer } from '../../support/diagnosed-order/payer.ts';
import { playScenario } from '../../support/diagnosed-order/scenario.ts';

describe.each(Object.keys(nodeShapes) as NodeShape[])('[DG1] Bitcoin by %s, and what the gateway finds', (shape) => {
  const opened: { close(): Promise<void> }[] = [];

  afterEach(async () => {
    for (const each of opened.splice(0).reverse()) await each.close();
  });

  test.each(commonScenarios.filter(({ isAbsence }) => !isAbsence || nodeShapes[shape].knowsAll))(
    '$name: $code',
    async (scenario) => {
      const { payer, order } = await openBitcoinStage(shape, scenario.forgottenAfterMs);
      opened.push(payer, order);
      await playScenario<Payer>({ payer, order }, scenario);
    },
    120_000,
  );
});

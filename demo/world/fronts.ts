/** The pretend world's doors on the network: the processors on one port, the nodes on another. */
import { bitcoinAddress } from '../chains/bitcoin/chain.ts';
import { bitcoinFront } from '../chains/bitcoin/esplora-front.ts';
import { evmFront } from '../chains/evm/front.ts';
import { wallet } from '../chains/evm/wallet.ts';
import { openChainServer } from '../chains/node-server.ts';
import type { Random } from '../clock/random.ts';
import { openApiServer } from '../http/api-server.ts';
import type { AnswerApi } from '../http/api-server.ts';
import { answerBtcPay } from '../processors/btcpay/api.ts';
import { answerApi } from '../processors/crypto-com-pay/api.ts';
import { pointed, quoteIn } from '../shop/wares.ts';
import { paths } from './gateway-config.ts';
import type { World } from './world.ts';

/** 0 takes a free one. */
export interface Ports {
  readonly portProcessor: number;
  readonly portChain: number;
}

export interface Fronts {
  /** Without paths. */
  readonly processors: string;
  readonly nodes: string;
  readonly nodeSockets: string;
  close(): Promise<void>;
}

const OUT_OF_ORDER = { status: 503, body: { error: { error_message: 'Out of order.' } } };

/** @throws the system's error when a port is taken */
export async function openFronts(world: World, apiKey: string, { portProcessor, portChain }: Ports): Promise<Fronts> {
  const processors = await openApiServer(answers(world, apiKey), portProcessor);
  const nodes = await openChainServer(nodeFronts(world), portChain).catch(async (error: unknown) => {
    await processors.close();
    throw error;
  });
  return {
    processors: processors.url,
    nodes: nodes.url,
    nodeSockets: nodes.socketUrl,
    async close() {
      await Promise.all([processors.close(), nodes.close()]);
    },
  };
}

function answers({ random, timers, processor, btcpay, outages }: World, apiKey: string): Record<string, AnswerApi> {
  const cryptoCom = { processor, apiKey, now: () => timers.now(), quote: quoter(random) };
  const invoices = { btcpay, apiKey, quote: bitcoinQuoter(random) };
  return {
    [paths.cryptoCom]: (request) => (outages.isOut('processor') ? OUT_OF_ORDER : answerApi(request, cryptoCom)),
    [paths.btcpay]: (request) => answerBtcPay(request, invoices),
  };
}

function nodeFronts({ chain, side, bitcoin, outages }: World) {
  const [first, second] = side.nodes;
  return {
    '/': evmFront({ chain, isOut: () => outages.isOut('chain') }),
    [paths.side]: evmFront({ chain: side.chain, shown: () => first.shown }),
    [paths.secondSide]: evmFront({ chain: side.chain, shown: () => second.shown }),
    [paths.bitcoin]: bitcoinFront(bitcoin),
  };
}

/** What the API asks for a payment that comes by it: CRO at the made-up rate. */
function quoter(random: Random) {
  return (currency: string, amount: string) => ({
    cryptoCurrency: 'CRO',
    cryptoAmount: pointed(quoteIn('CRO', { currency, amount }), 'CRO'),
    depositAddress: wallet(random),
  });
}

function bitcoinQuoter(random: Random) {
  return (currency: string, amount: string) => [
    { id: 'BTC-CHAIN', destination: bitcoinAddress(random), due: quoteIn('BTC', { currency, amount }), decimals: 8 },
  ];
}

import type { Order } from '../../../../contract/order.ts';
import type { CommandName } from '../../../../contract/protocol.ts';
import { HandOverDialog } from './hand-over-dialog.tsx';
import { ReasonDialog } from './reason-dialog.tsx';
import { ReleaseDialog } from './release-dialog.tsx';

/** What is asked before a command is given. */
export type Asking = 'resolve' | 'override-verdict' | 'release' | 'hand-over';

export interface ActionDialogsProps {
  readonly order: Order;
  readonly asking: Asking | null;
  readonly onClose: () => void;
  readonly onGive: (name: CommandName, args?: Readonly<Record<string, string>>) => Promise<unknown>;
}

export function ActionDialogs({ order, asking, onClose, onGive }: ActionDialogsProps) {
  switch (asking) {
    case null:
      return null;
    case 'release':
      return <ReleaseDialog order={order} onClose={onClose} onGive={() => void onGive('release')} />;
    case 'hand-over': {
      const handOver = async (to: string, note: string) => {
        // The note first: whoever takes the case finds it there.
        if (note !== '') await onGive('note', { text: note });
        await onGive('unclaim', { to });
      };
      return <HandOverDialog order={order} onClose={onClose} onGive={(to, note) => void handOver(to, note)} />;
    }
    case 'resolve':
    case 'override-verdict':
      return (
        <ReasonDialog
          kind={asking}
          reference={order.reference || order.sourceRef}
          onClose={onClose}
          onGive={(args) => void onGive(asking, args)}
        />
      );
    default:
      return asking satisfies never;
  }
}

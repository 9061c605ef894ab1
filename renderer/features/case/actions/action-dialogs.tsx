import { useRef } from 'react';
import type { Order } from '../../../../contract/order.ts';
import type { Give } from './give.ts';
import { HandOverDialog } from './hand-over-dialog.tsx';
import { ReasonDialog } from './reason-dialog.tsx';
import { ReleaseDialog } from './release-dialog.tsx';

/** What is asked before a command is given. */
export type Asking = 'resolve' | 'override-verdict' | 'release' | 'hand-over';

export interface ActionDialogsProps {
  readonly order: Order;
  readonly asking: Asking | null;
  readonly onClose: () => void;
  readonly onGive: Give;
}

type HandingOverProps = Omit<ActionDialogsProps, 'asking'>;

/** Two commands: the note first, because whoever takes the case is to find it there; and once, however often it is tried. */
function HandingOver({ order, onClose, onGive }: HandingOverProps) {
  const noted = useRef<string | null>(null);
  const handOver = async (to: string, note: string): Promise<string | null> => {
    if (note !== '' && noted.current !== note) {
      const fault = await onGive('note', { text: note });
      if (fault !== null) return fault;
      noted.current = note;
    }
    return onGive('unclaim', { to });
  };
  return <HandOverDialog order={order} onClose={onClose} onGive={handOver} />;
}

export function ActionDialogs({ order, asking, onClose, onGive }: ActionDialogsProps) {
  switch (asking) {
    case null:
      return null;
    case 'release':
      return <ReleaseDialog order={order} onClose={onClose} onGive={() => void onGive('release')} />;
    case 'hand-over':
      return <HandingOver order={order} onClose={onClose} onGive={onGive} />;
    case 'resolve':
    case 'override-verdict':
      return (
        <ReasonDialog
          kind={asking}
          reference={order.reference || order.sourceRef}
          onClose={onClose}
          onGive={(args) => onGive(asking, args)}
        />
      );
    default:
      return asking satisfies never;
  }
}

import { useEffect, useRef, useState } from 'react';
import { useApp } from '../../store/app-context.tsx';
import type { DeskModel } from '../../store/desk-store.ts';
import { standingOf } from '../../store/standing.ts';
import { say } from '../../strings/message.ts';
import type { Message } from '../../strings/message.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import styles from './live-announcer.module.css';

function isCurrent(model: DeskModel): boolean | null {
  const { kind } = standingOf(model);
  return kind === 'opening' ? null : kind === 'current';
}

/** New money and a change between live and not live; nothing else is worth an interruption. */
function announcement(model: DeskModel, before: DeskModel): Message | null {
  const [is, was] = [isCurrent(model), isCurrent(before)];
  if (is !== was && was !== null) return is ? say('announce.live') : say('announce.notLive');
  if (model.flashes === before.flashes) return null;
  const fresh = [...model.flashes].filter(([key, flash]) => before.flashes.get(key)?.seq !== flash.seq);
  const trouble = fresh.find(([, { sound }]) => sound === 'trouble');
  const [key, flash] = trouble ?? fresh[0] ?? [];
  const reference = (key && model.orders.get(key)?.reference) ?? '';
  if (trouble) return say('announce.trouble', { reference });
  if (fresh.length === 1 && flash?.sound === 'paid') return say('announce.paid', { reference });
  return fresh.length === 0 ? null : say('announce.money', { count: fresh.length, reference });
}

/** Tells screen readers what a sighted person sees flash, once and politely. */
export function LiveAnnouncer() {
  const { tell } = useStrings();
  const { desk } = useApp();
  const [message, setMessage] = useState<Message | null>(null);
  const last = useRef(desk.api.getState());
  useEffect(
    () =>
      desk.api.subscribe((model) => {
        const next = announcement(model, last.current);
        last.current = model;
        if (next) setMessage(next);
      }),
    [desk],
  );
  return (
    <div className={styles.hidden} role="status" aria-live="polite">
      {message ? tell(message) : null}
    </div>
  );
}

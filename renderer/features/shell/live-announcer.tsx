import { useEffect, useState } from 'react';
import { useApp } from '../../store/app-context.tsx';
import type { DeskModel, DeskStore } from '../../store/desk-store.ts';
import { standingOf } from '../../store/standing.ts';
import { say } from '../../strings/message.ts';
import type { Message } from '../../strings/message.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { ANNOUNCE_EVERY_MS, announcements, nothingUntold, withFresh } from './announcement.ts';
import unseen from '../../ui/unseen.module.css';

function isCurrent(model: DeskModel): boolean | null {
  const { kind } = standingOf(model);
  return kind === 'opening' ? null : kind === 'current';
}

/** A change between live and not live; nothing else is worth an interruption at once. */
function standingChange(model: DeskModel, before: DeskModel): Message | null {
  const [is, was] = [isCurrent(model), isCurrent(before)];
  if (is === was || was === null) return null;
  return is ? say('announce.live') : say('announce.notLive');
}

/** Tells the first news at once, and what follows together. @returns a function that ends it */
function announce({ api }: DeskStore, tell: (messages: readonly Message[]) => void): () => void {
  let [last, untold, toldAt] = [api.getState(), nothingUntold, -Infinity];
  let timer: number | null = null;
  const tellUntold = () => {
    timer = null;
    const messages = announcements(untold, (key) => api.getState().orders.get(key)?.reference ?? '');
    [untold, toldAt] = [nothingUntold, performance.now()];
    tell(messages);
  };
  const end = api.subscribe((model) => {
    const change = standingChange(model, last);
    untold = model.flashes === last.flashes ? untold : withFresh(untold, model.flashes, last.flashes);
    last = model;
    if (change) tell([change]);
    if (untold.size === 0 || timer !== null) return;
    timer = window.setTimeout(tellUntold, Math.max(0, toldAt + ANNOUNCE_EVERY_MS - performance.now()));
  });
  return () => {
    end();
    if (timer !== null) window.clearTimeout(timer);
  };
}

/** Tells screen readers what a sighted person sees flash, politely and not more often than it can be heard. */
export function LiveAnnouncer() {
  const { tell } = useStrings();
  const { desk } = useApp();
  const [messages, setMessages] = useState<readonly Message[]>([]);
  useEffect(() => announce(desk, setMessages), [desk]);
  return (
    <div className={unseen.unseen} role="status" aria-live="polite">
      {messages.map(tell).join(' ')}
    </div>
  );
}

import { expect, test } from 'vitest';
import type { CommandOutcome } from '../../../../../contract/ipc.ts';
import { CommandBook } from '../../../../../main/desk/commands/command-book.ts';
import type { KeptCommand } from '../../../../../main/desk/commands/kept-command.ts';
import type { Journal } from '../../../../../main/desk/journal/journal.ts';

const HOUR_MS = 3_600_000;

/** As much of a journal as a book uses. */
function journalOf(found: readonly KeptCommand[] = []): { journal: Journal; saved: KeptCommand[]; trims: number[] } {
  const saved: KeptCommand[] = [];
  const trims: number[] = [];
  const journal: Pick<Journal, 'commands' | 'saveCommand' | 'trimCommands'> = {
    commands: () => found,
    saveCommand: (kept) => void saved.push(kept),
    trimCommands: (before) => void trims.push(before),
  };
  return { journal: journal as Journal, saved, trims };
}

function given(id: string, state: CommandOutcome['state'], givenAt = 1): KeptCommand {
  const command = { id, store: 'main', order: 'a', name: 'note', args: { text: 'private words' } };
  return { command, givenAt, outcome: { id, state } };
}

function bookOf(...found: KeptCommand[]): { book: CommandBook; told: string[]; saved: KeptCommand[]; trims: number[] } {
  const { journal, saved, trims } = journalOf(found);
  const told: string[] = [];
  const book = new CommandBook(() => told.push(`told with ${saved.length} saved`));
  book.open(journal);
  return { book, told, saved, trims };
}

test('[CM1] a command is in the journal before anybody learns of it', () => {
  const { book, told, saved } = bookOf();
  book.add(given('c', 'pending').command, 7);
  expect(saved).toEqual([{ ...given('c', 'pending', 7) }]);
  expect(told).toEqual(['told with 1 saved']);
});

test('[CM3] one that was on its way when the application ended is in doubt', () => {
  const { book } = bookOf(given('c', 'pending'), given('d', 'done'));
  expect(book.find('c')?.outcome.state).toBe('unknown');
  expect(book.unsettled().map(({ command }) => command.id)).toEqual(['c']);
});

test('[CM2] what is settled stays so, and its words are let go of', () => {
  const { book, saved } = bookOf(given('c', 'unknown'));
  book.become({ id: 'c', state: 'done' });
  book.become({ id: 'c', state: 'unknown' });
  book.become({ id: 'stranger', state: 'done' });
  expect(book.all().map(({ outcome }) => outcome)).toEqual([{ id: 'c', state: 'done' }]);
  expect(saved).toHaveLength(1);
  expect(JSON.stringify(saved)).not.toContain('private words');
});

test('[CM3] the screen’s list has every command in doubt, the newest settled ones, and nobody’s words', () => {
  const settled = Array.from({ length: 50 }, (_, n) => given(`s${n}`, 'done', n + 2));
  const { book } = bookOf(given('doubt', 'unknown'), ...settled);
  const views = book.views();
  expect(views[0]).toEqual({ id: 'doubt', store: 'main', order: 'a', name: 'note', givenAt: 1, state: 'unknown' });
  expect(views.slice(1).map(({ id }) => id)).toEqual(settled.slice(30).map(({ command }) => command.id));
  expect(JSON.stringify(views)).not.toContain('private words');
});

test('what a command is about is told, before it is settled and after a restart', () => {
  const { book, saved } = bookOf();
  const args = { paymentId: 'p1', reason: 'private words' };
  book.add({ id: 'c', store: 'main', order: null, name: 'dismiss-payment', args }, 7);
  expect(book.views()[0]?.args).toEqual({ paymentId: 'p1' });
  book.become({ id: 'c', state: 'done' });
  const { book: later } = bookOf(...saved.slice(-1));
  expect(later.views()[0]).toMatchObject({ id: 'c', state: 'done', args: { paymentId: 'p1' } });
  expect(JSON.stringify(later.all())).not.toContain('private words');
});

test('settled ones go after 72 h, those in doubt stay', () => {
  const { book, trims } = bookOf(
    given('doubt', 'unknown', 0),
    given('old', 'done', 0),
    given('new', 'done', 2 * HOUR_MS),
  );
  book.trim(73 * HOUR_MS);
  expect(book.all().map(({ command }) => command.id)).toEqual(['doubt', 'new']);
  expect(trims).toEqual([HOUR_MS]);
  book.forget();
  expect(book.all()).toEqual([]);
});

import { doctorResult } from '../../contract/doctor.ts';
import type { DoctorReport, DoctorResult, DoctorStep } from '../../contract/doctor.ts';
import { plainLine } from '../profile/plain-line.ts';
import { doctorWords } from './doctor-words.ts';

/** A shape and a word each, so that nothing hangs on a colour. */
const marks: Readonly<Record<DoctorResult, string>> = {
  ok: '✓ ok     ',
  warning: '! warning',
  failed: '✗ FAILED ',
  skipped: '– skipped',
};

const TITLE_WIDTH = 15;
const INDENT = ' '.repeat(12);

/** Steps for a terminal; those that were not tried any more share a line. */
export function stepsLines(steps: readonly DoctorStep[]): string[] {
  const left = steps.filter(({ finding }) => finding === 'not-reached').map((step) => doctorWords(step).title);
  const lines = steps.filter(({ finding }) => finding !== 'not-reached').flatMap(stepLines);
  return left.length === 0 ? lines : [...lines, `${marks.skipped}  Not tried: ${left.join(', ')}`];
}

/** One step: what was found and in how many milliseconds, and under it what to try. */
function stepLines(step: DoctorStep): string[] {
  const { title, found, attempt } = doctorWords(step);
  const took = step.ms === null ? '' : ` (${step.ms} ms)`;
  const lines = [`${marks[step.result]}  ${title.padEnd(TITLE_WIDTH)} ${plainLine(found)}${took}`];
  return attempt === null ? lines : [...lines, `${INDENT}What to do: ${attempt}`];
}

/** The whole in one sentence. */
export function resultLine(report: DoctorReport): string {
  const failed = report.steps.find(({ result }) => result === 'failed');
  switch (doctorResult(report)) {
    case 'failed':
      return `The way to ${report.gateway} ends at: ${failed ? doctorWords(failed).title : '?'}.`;
    case 'warning':
      return `The way to ${report.gateway} is open. See the warnings above.`;
    default:
      return `The way to ${report.gateway} is open.`;
  }
}

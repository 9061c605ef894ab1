import type { DoctorReport } from '../../../contract/doctor.ts';
import { DeskError } from '../desk.ts';
import { examine } from './examine.ts';
import type { Instruments, Patient } from './patient.ts';

export interface DoctorContext extends Omit<Instruments, 'signal'> {
  /** Told of the report so far whenever it grew. */
  readonly told: (report: DoctorReport) => void;
}

/** One examination at a time: whoever asks while one goes on gets the same report. */
export class Doctor {
  readonly #context: DoctorContext;
  readonly #end = new AbortController();
  #running: Promise<DoctorReport> | null = null;

  constructor(context: DoctorContext) {
    this.#context = context;
  }

  /** @throws DeskError `closed` when the doctor is closed meanwhile */
  run(patient: Patient): Promise<DoctorReport> {
    this.#running ??= this.#examine(patient).finally(() => (this.#running = null));
    return this.#running;
  }

  /** Ends an examination that goes on. Twice is harmless. */
  close(): void {
    this.#end.abort(new DeskError('closed', 'The application is closing.'));
  }

  async #examine(patient: Patient): Promise<DoctorReport> {
    const { signal } = this.#end;
    signal.throwIfAborted();
    return examine(patient, { ...this.#context, signal }, (report) => {
      if (!signal.aborted) this.#context.told(report);
    });
  }
}

/** Kinds of meaning a mark can have. A tone never speaks alone: a word and a shape stand beside it. */
export type Tone = 'good' | 'calm' | 'warn' | 'bad' | 'odd' | 'quiet';

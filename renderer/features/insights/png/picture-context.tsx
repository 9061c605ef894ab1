/** What every picture of the insights says of itself. */
import { createContext, use } from 'react';
import type { ReactNode } from 'react';

export interface PictureContext {
  /** Of which store and days. */
  readonly ofWhat: string;
  readonly fileName: (what: string, ending: 'png' | 'csv') => string;
}

const Context = createContext<PictureContext | null>(null);

export function PictureProvider({ value, children }: { value: PictureContext; children: ReactNode }) {
  return <Context value={value}>{children}</Context>;
}

export function usePictureContext(): PictureContext {
  const context = use(Context);
  if (!context) throw new Error('usePictureContext needs a PictureProvider above it');
  return context;
}

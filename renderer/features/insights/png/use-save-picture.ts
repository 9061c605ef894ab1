import { useRef, useState } from 'react';
import type { RefObject } from 'react';
import { useApp } from '../../../store/app-context.tsx';
import { useAsOf } from '../../../store/use-standing.ts';
import { faultText } from '../../../strings/fault-text.ts';
import { useStrings } from '../../../strings/strings-context.tsx';
import { usePictureContext } from './picture-context.tsx';
import { base64Parts } from './base64-parts.ts';
import { chartPicture } from './chart-picture.ts';
import type { Caption } from './chart-picture.ts';

interface Pictured {
  readonly title: string;
  readonly summary?: string | undefined;
  readonly note?: string | undefined;
  /** Part of the file's name. */
  readonly name: string;
  readonly legend?: Caption['legend'] | undefined;
}

/** Saves the chart that `holder` holds, and tells how that went. */
export function useSavePicture(holder: RefObject<HTMLElement | null>, pictured: Pictured) {
  const { t, tell, format } = useStrings();
  const { link } = useApp();
  const { ofWhat, fileName } = usePictureContext();
  const asOf = useAsOf();
  const [told, setTold] = useState('');
  const busy = useRef(false);
  const lines = (): string[] => {
    const old = asOf === null ? [] : [asOf === 0 ? t('time.asOfUnknown') : t('time.asOf', { time: format.full(asOf) })];
    return [ofWhat, pictured.summary, pictured.note, ...old].filter((line) => line !== undefined);
  };
  const write = async (element: HTMLElement) => {
    const caption = { title: pictured.title, lines: lines(), legend: pictured.legend ?? [] };
    const blob = await chartPicture(element, caption);
    const parts = base64Parts(new Uint8Array(await blob.arrayBuffer()));
    const file = { suggestedName: fileName(pictured.name, 'png'), mediaType: 'image/png', encoding: 'base64' } as const;
    const { outcome } = await link.bridge.saveFile({ ...file, parts });
    return outcome === 'cancelled' ? '' : t(`picture.${outcome}`);
  };
  const save = () => {
    if (!holder.current || busy.current) return;
    busy.current = true;
    setTold(t('chart.saving'));
    const failed = (error: unknown) =>
      t('picture.failed', { message: faultText(error instanceof Error ? error.message : String(error), tell) });
    void write(holder.current)
      .catch(failed)
      .then(setTold)
      .finally(() => (busy.current = false));
  };
  return { save, told };
}

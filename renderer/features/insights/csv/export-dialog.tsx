import { Button, Checkbox, Group, Progress } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Order } from '../../../../contract/order.ts';
import { useApp } from '../../../store/app-context.tsx';
import type { DayRange } from '../../../store/insight-choice.ts';
import { useAsOf } from '../../../store/use-standing.ts';
import { faultText } from '../../../strings/fault-text.ts';
import { useStrings } from '../../../strings/strings-context.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import type { InsightFormat } from '../insight-format.ts';
import { usePictureContext } from '../png/picture-context.tsx';
import type { CountedStores } from '../use-insights.ts';
import styles from './export-dialog.module.css';
import { ordersCsv } from './orders-csv.ts';
import { ordersInRange } from './orders-in-range.ts';

interface ExportProps {
  readonly stores: CountedStores;
  readonly range: DayRange;
  readonly form: InsightFormat;
  readonly onClose: () => void;
}

type Step =
  | { readonly at: 'gathering' }
  | { readonly at: 'asking' }
  | { readonly at: 'writing'; readonly share: number }
  | { readonly at: 'done'; readonly outcome: 'saved' | 'offered' }
  | { readonly at: 'failed'; readonly message: string };

/** Lets the page paint and answer between two slices. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Gathers the orders once it is asked, so that the file is of what was held then; ends with the dialog. */
function useExport({ stores, range }: ExportProps) {
  const { link, desk } = useApp();
  const { fileName } = usePictureContext();
  const [step, setStep] = useState<Step>({ at: 'gathering' });
  const [gathered, setGathered] = useState<{ orders: readonly Order[]; signal: AbortSignal } | null>(null);
  useEffect(() => {
    const control = new AbortController();
    const { signal } = control;
    const failed = (error: unknown) => {
      if (!signal.aborted) setStep({ at: 'failed', message: messageOf(error) });
    };
    const { orders } = desk.api.getState();
    ordersInRange({ orders, range, zones: stores.zones }, { pause, signal }).then((found) => {
      setGathered({ orders: found, signal });
      setStep({ at: 'asking' });
    }, failed);
    return () => control.abort();
  }, [desk, range, stores]);
  const write = async (byteOrderMark: boolean, orders: readonly Order[], signal: AbortSignal) => {
    setStep({ at: 'writing', share: 0 });
    const progress = (share: number) => setStep({ at: 'writing', share });
    const parts = await ordersCsv({ orders, zones: stores.zones, byteOrderMark }, { pause, progress, signal });
    const { outcome } = await link.bridge.saveFile({
      suggestedName: fileName('orders', 'csv'),
      mediaType: 'text/csv',
      parts,
    });
    if (!signal.aborted) setStep(outcome === 'cancelled' ? { at: 'asking' } : { at: 'done', outcome });
  };
  const start = (byteOrderMark: boolean) => {
    if (!gathered) return;
    const { orders, signal } = gathered;
    write(byteOrderMark, orders, signal).catch((error: unknown) => {
      if (!signal.aborted) setStep({ at: 'failed', message: messageOf(error) });
    });
  };
  return { step, start, count: gathered?.orders.length ?? null };
}

function Told({ step, form }: { step: Step; form: InsightFormat }) {
  const { t, tell } = useStrings();
  if (step.at === 'writing') {
    const percent = form.percent(Math.floor(step.share * 100) / 100);
    return (
      <>
        <p>{t('csv.writing', { percent })}</p>
        <Progress value={step.share * 100} aria-label={t('csv.writing', { percent })} />
      </>
    );
  }
  if (step.at === 'done') return <p role="status">{t(`csv.${step.outcome}`)}</p>;
  return step.at === 'failed' ? (
    <p role="alert">{t('csv.failed', { message: faultText(step.message, tell) })}</p>
  ) : null;
}

/** Asks how, writes the file with its progress, and says what became of it. */
export function ExportDialog(props: ExportProps) {
  const { t, format } = useStrings();
  const asOf = useAsOf();
  const { step, start, count } = useExport(props);
  const [byteOrderMark, setByteOrderMark] = useState(true);
  const { range, form, onClose } = props;
  const busy = step.at === 'writing' || count === null;
  return (
    <Dialog title={t('csv.title')} onClose={onClose}>
      <div className={styles.body}>
        <p role="status">
          {count === null
            ? t('csv.gathering')
            : t('csv.text', { count, from: form.day(range.from), to: form.day(range.to) })}
        </p>
        {asOf === null ? null : (
          <p className={styles.old}>
            {asOf === 0 ? t('time.asOfUnknown') : t('csv.asOf', { time: format.full(asOf) })}
          </p>
        )}
        <p className={styles.soft}>{t('csv.personal')}</p>
        <Checkbox
          label={t('csv.bom')}
          checked={byteOrderMark}
          disabled={busy}
          onChange={({ currentTarget }) => setByteOrderMark(currentTarget.checked)}
        />
        <Told step={step} form={form} />
      </div>
      <Group mt="md" justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t(step.at === 'done' ? 'close' : 'csv.cancel')}
        </Button>
        {step.at === 'done' ? null : (
          <Button disabled={busy} onClick={() => start(byteOrderMark)} data-autofocus>
            {t('csv.save')}
          </Button>
        )}
      </Group>
    </Dialog>
  );
}

import { IconExternalLink } from '@tabler/icons-react';
import { explorerLink } from '../../../contract/explorers.ts';
import type { ExplorerPage } from '../../../contract/explorers.ts';
import { useSettings } from '../../store/app-context.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import styles from './explorer-link.module.css';

export interface ExplorerLinkProps {
  readonly chain: string | null;
  readonly page: ExplorerPage;
  readonly id: string;
  /** What it leads to, in words. */
  readonly what: string;
}

/** Leads to the explorer that was chosen for the chain, outside; nothing where none shows it. */
export function ExplorerLink({ chain, page, id, what }: ExplorerLinkProps) {
  const { t } = useStrings();
  const [{ explorers }] = useSettings();
  const link = explorerLink(chain, page, id, explorers[chain ?? '']);
  if (link === null) return null;
  const label = t('explorer.open', { what, explorer: link.name });
  return (
    <a className={styles.link} href={link.href} target="_blank" rel="noreferrer" title={label} aria-label={label}>
      <IconExternalLink size={14} aria-hidden />
    </a>
  );
}

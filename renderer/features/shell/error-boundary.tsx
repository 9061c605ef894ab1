import { Button, Group } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Component } from 'react';
import type { ReactNode } from 'react';
import type { Strings } from '../../strings/strings-context.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';

interface Props {
  readonly strings: Strings;
  readonly children: ReactNode;
}

/** Keeps a fault of one view from taking the others with it, and says so instead of showing nothing. */
export class ErrorBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    const { t } = this.props.strings;
    return (
      <EmptyState icon={<IconAlertTriangle aria-hidden />} title={t('crash.title')} text={t('crash.text')}>
        <Group role="alert">
          <Button onClick={() => this.setState({ failed: false })}>{t('crash.again')}</Button>
          <Button variant="default" onClick={() => window.location.reload()}>
            {t('crash.reload')}
          </Button>
        </Group>
      </EmptyState>
    );
  }
}

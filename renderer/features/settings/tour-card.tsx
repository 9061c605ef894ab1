import { Button } from '@mantine/core';
import { useApp, useSettings } from '../../store/app-context.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import { Card } from '../../ui/card.tsx';
import styles from './settings-view.module.css';

/** The tour once more; nothing while it is offered anyway. */
export function TourCard() {
  const { t } = useStrings();
  const { ui } = useApp();
  const [{ tourSeen }, change] = useSettings();
  if (!tourSeen) return null;
  return (
    <Card title={t('tour.label')}>
      <p className={styles.soft}>{t('tour.about')}</p>
      <Button
        mt="sm"
        size="xs"
        variant="default"
        onClick={() => {
          change({ tourSeen: false });
          ui.setState({ view: 'desk' });
        }}
      >
        {t('tour.start')}
      </Button>
    </Card>
  );
}

import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/board-page.tsx';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { Group as Row, Stack, Text } from '../../ui/kit.ts';
import type { Overview } from './needs-words.ts';

/** Rousseeuw's own words for the silhouette begin at 0.25; customers are never as far apart as flowers. */
export const apartWord = (silhouette: number) =>
  silhouette >= 0.5 ? 'great' : silhouette >= 0.25 ? 'good' : silhouette >= 0.1 ? 'some' : 'little';
export const stableWord = (stability: number) =>
  stability >= 0.95 ? 'great' : stability >= 0.8 ? 'good' : stability >= 0.6 ? 'some' : 'little';

/** How good the groups are, in plain words and then in figures. */
export function Quality({ quality, orders, children }: { quality: NonNullable<Overview['quality']>; orders: number; children: ReactNode }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Card title={t('needs:quality.title')} span={5}>
      <Stack gap="xs">
        <Text size="sm">
          {t(`needs:quality.apart.${apartWord(quality.silhouette)}`)} {t(`needs:quality.stable.${stableWord(quality.stability)}`)}
        </Text>
        <Row gap="xl" align="flex-start">
          <Figure
            label={t('needs:quality.silhouette')}
            value={format.number(quality.silhouette, 2)}
            definition={t('needs:definition.silhouette')}
          />
          <Figure
            label={t('needs:quality.stability')}
            value={format.number(quality.stability, 2)}
            definition={t('needs:definition.stability')}
          />
        </Row>
        <Text size="xs" c="dimmed">
          {t('needs:quality.learned', { learned: format.number(quality.learnedFrom), orders })}
        </Text>
        {children}
      </Stack>
    </Card>
  );
}

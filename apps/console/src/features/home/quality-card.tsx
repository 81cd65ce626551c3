import { useTranslation } from 'react-i18next';
import { useCan } from '../../app/session.ts';
import { Card } from '../../ui/board-page.tsx';
import { useFormat } from '../../ui/format.ts';
import { Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { ShareBar } from '../../ui/share-bar.tsx';
import type { View } from './home.tsx';

/** The fields that most need care. */
export function QualityCard({ quality }: { quality: View['quality'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  if (quality.worst.length === 0) return null;
  return (
    <Card
      title={t('home:quality')}
      definition={t('home:definition.quality')}
      span={5}
      lead={t('home:qualityLead', { score: format.percent(quality.score, 0) })}
      aside={
        can('source.read') && (
          <Link to="/quality" size="sm">
            {t('home:whole')}
          </Link>
        )
      }
    >
      <SimpleTable
        caption={t('home:quality')}
        rows={quality.worst}
        rowId={({ sourceLabel, field }) => `${sourceLabel}.${field}`}
        columns={[
          {
            id: 'field',
            header: t('home:field'),
            cell: ({ field, sourceLabel }) => (
              <>
                {t(`imports:field.${field}`, { defaultValue: field })}
                <Text size="xs" c="dimmed">
                  {sourceLabel}
                </Text>
              </>
            ),
          },
          {
            id: 'complete',
            header: t('home:complete'),
            definition: t('home:definition.complete'),
            align: 'right',
            cell: ({ completeness }) => <ShareBar share={completeness} digits={0} />,
          },
          {
            id: 'valid',
            header: t('home:valid'),
            definition: t('home:definition.valid'),
            align: 'right',
            cell: ({ validity }) => format.percent(validity, 0),
          },
        ]}
      />
    </Card>
  );
}

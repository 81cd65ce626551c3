import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { BoardPage, Card } from '../../ui/board-page.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { Group, SegmentedControl, SimpleGrid, Stack, Text } from '../../ui/kit.ts';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { ChangesOfRules } from './changes-of-rules.tsx';
import type { Rules as RulesInForce } from './edit-rules.ts';
import { RulesForm } from './rules-form.tsx';
import type { RulesSearch } from './search.ts';
import { useLinkageWords } from './use-linkage-words.ts';

/** The rules that link records: those in use, a form to change them, and every change there was. */
export default function Rules() {
  const { t } = useTranslation();
  const can = useCan();
  const [words, change] = useWords<RulesSearch>();
  const kind = words.kind ?? 'person';
  const { data, error, refetch } = useGet<RulesInForce>(`/linkage/rules/${kind}`);
  return (
    <BoardPage
      title={t('linkage:rules.title')}
      actions={
        <SegmentedControl
          aria-label={t('linkage:kind.label')}
          value={kind}
          onChange={(value) => change({ kind: value === 'company' ? 'company' : undefined })}
          data={(['person', 'company'] as const).map((value) => ({ value, label: t(`linkage:kind.${value}`) }))}
        />
      }
    >
      <Card title={t('linkage:rules.inForce')} lead={t('linkage:rules.lead')} span={12}>
        {error ? <ErrorNote error={error} retry={() => void refetch()} /> : data ? <InForce rules={data} /> : <BlockSkeleton height={72} />}
      </Card>
      <Card title={t('linkage:rules.change')} lead={t('linkage:rules.changeLead')} span={7}>
        {data ? (
          !data.model ? (
            <Text size="sm">{t('linkage:rules.noModel')}</Text>
          ) : can('settings.write') && can('customer.merge') ? (
            <RulesForm key={`${kind} ${data.version}`} rules={data} />
          ) : (
            <Text size="sm">{t('linkage:rules.refused')}</Text>
          )
        ) : (
          <BlockSkeleton height={320} />
        )}
      </Card>
      <Card title={t('linkage:history.title')} span={5}>
        <ChangesOfRules />
      </Card>
    </BoardPage>
  );
}

function InForce({ rules: { version, by, at, note, model } }: { rules: RulesInForce }) {
  const { t } = useTranslation();
  const words = useLinkageWords();
  const format = useFormat();
  return (
    <Stack gap="md">
      <Group gap="xs">
        <Text size="sm" fw={500}>
          {version === 0 ? t('linkage:rules.own') : t('linkage:rules.version', { version, by, at: at ? format.date(at) : '' })}
        </Text>
        {note && (
          <Text size="sm" c="dimmed">
            {t('linkage:rules.why', { note })}
          </Text>
        )}
      </Group>
      {model && (
        <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="lg">
          <Figure label={t('linkage:rules.threshold')} value={words.threshold(model.threshold)} />
          {model.precision !== null && (
            <Figure
              label={t('linkage:rules.precision')}
              definition={t('duplicates:definition.precision')}
              value={format.percent(model.precision, 1)}
            />
          )}
          {model.recall !== null && (
            <Figure
              label={t('linkage:rules.recall')}
              definition={t('duplicates:definition.recall')}
              value={format.percent(model.recall, 1)}
            />
          )}
        </SimpleGrid>
      )}
    </Stack>
  );
}

import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { Group, Select, TextInput } from '../../ui/kit.ts';
import type { Report } from './report.tsx';
import type { ReportSearch } from './search.ts';

const MONTHS = { year: 12, half: 6, quarter: 3, month: 1 } as const;
type Length = keyof typeof MONTHS;

/** The day after the one so many months before. */
function monthsBefore(day: string, months: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months + 1, 0)).getUTCDate();
  const begun = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months, Math.min(date.getUTCDate(), last) + 1));
  return begun.toISOString().slice(0, 10);
}

/** Whose answers, of which days, compared with which: in the URL, so that a link shows the same. */
export function ReportControls({ report }: { report: Report | undefined }) {
  const { t } = useTranslation();
  const [words, change] = useWords<ReportSearch>();
  const segments = useGet<{ items: { id: string; name: string }[] }>('/segments', { limit: 200 });
  const length = report && (Object.keys(MONTHS) as Length[]).find((one) => monthsBefore(report.to, MONTHS[one]) === report.from);
  return (
    <Group gap="sm" align="end">
      <Select
        label={t('report:segment')}
        placeholder={t('report:everybody')}
        clearable
        searchable
        w={{ base: '100%', sm: 220 }}
        value={words.segment ?? null}
        data={(segments.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(segment) => change({ segment: segment ?? undefined })}
      />
      <Select
        label={t('report:period')}
        w={{ base: '100%', sm: 180 }}
        allowDeselect={false}
        value={report ? (length ?? 'own') : null}
        data={[...Object.keys(MONTHS), 'own'].map((value) => ({ value, label: t(`report:periods.${value}`) }))}
        onChange={(value) => {
          if (report && value && value in MONTHS) change({ from: monthsBefore(report.to, MONTHS[value as Length]), to: report.to });
        }}
      />
      <TextInput
        type="date"
        flex={{ base: '1 1 40%', sm: '0 1 auto' }}
        label={t('report:from')}
        value={words.from ?? report?.from ?? ''}
        max={words.to ?? report?.to}
        onChange={({ currentTarget }) => currentTarget.value && change({ from: currentTarget.value }, { replace: true })}
      />
      <TextInput
        type="date"
        flex={{ base: '1 1 40%', sm: '0 1 auto' }}
        label={t('report:to')}
        value={words.to ?? report?.to ?? ''}
        min={words.from ?? report?.from}
        onChange={({ currentTarget }) => currentTarget.value && change({ to: currentTarget.value }, { replace: true })}
      />
      <Select
        label={t('report:against')}
        w={{ base: '100%', sm: 250 }}
        allowDeselect={false}
        value={words.against ?? 'before'}
        data={(['before', 'year'] as const).map((value) => ({ value, label: t(`report:againsts.${value}`) }))}
        onChange={(against) => change({ against: (against as ReportSearch['against']) ?? undefined })}
      />
    </Group>
  );
}

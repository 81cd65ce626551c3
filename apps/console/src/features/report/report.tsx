import type { Report as ReportShape } from '@vinculo/insight/api/report';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { address } from '../../api/client.ts';
import { useGet } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { BoardPage, Card } from '../../ui/board-page.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconDownload, IconReportAnalytics } from '../../ui/icons.ts';
import { Button, Group, Stack, Text } from '../../ui/kit.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { DurationAnswer } from './duration-answer.tsx';
import { GrowthAnswer } from './growth-answer.tsx';
import { LoyaltyAnswer } from './loyalty-answer.tsx';
import { NormalAnswer } from './normal-answer.tsx';
import { ProfitAnswer } from './profit-answer.tsx';
import { ReportControls } from './report-controls.tsx';
import type { ReportSearch } from './search.ts';
import { Tiers } from './tiers.tsx';
import { VolumeAnswer } from './volume-answer.tsx';

export type Report = z.infer<typeof ReportShape>;

/** The six questions about customers, in words first and figures after, for everybody or a segment. */
export default function ReportScreen() {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const [chosen] = useWords<ReportSearch>();
  const words = { ...chosen, language: i18n.language };
  const { data, error, refetch } = useGet<Report>('/report', words);
  // A day of the calendar, whatever the zone: noon is on it everywhere.
  const day = (date: string) => format.date(`${date}T12:00:00Z`);

  return (
    <BoardPage
      title={t('report:title')}
      aside={
        data && (
          <Text size="sm" c="dimmed">
            {[
              t('report:days', { from: day(data.from), to: day(data.to) }),
              // Nothing is compared with a time of which no purchases are known.
              data.volume.revenue.before !== null && t('report:comparedWith', { from: day(data.beforeFrom), to: day(data.beforeTo) }),
            ]
              .filter(Boolean)
              .join(', ')}
          </Text>
        )
      }
      actions={
        <Group gap="xs">
          {(['pdf', 'xlsx'] as const).map((file) => (
            <Button
              key={file}
              component="a"
              href={address(`/report.${file}`, words)}
              variant="default"
              leftSection={<IconDownload size={16} />}
            >
              {t(`report:${file}`)}
            </Button>
          ))}
        </Group>
      }
    >
      <div style={{ gridColumn: '1 / -1' }}>
        <ReportControls report={data} />
      </div>
      {error && (
        <div style={{ gridColumn: '1 / -1' }}>
          <ErrorNote error={error} retry={() => void refetch()} />
        </div>
      )}
      {!data &&
        !error &&
        (['normal', 'loyalty', 'volume', 'growth'] as const).map((question) => (
          <Card key={question} title={t(`report:question.${question}`)} span={6}>
            <BlockSkeleton />
          </Card>
        ))}
      {data && data.computedAt === null && (
        <div style={{ gridColumn: '1 / -1' }}>
          <EmptyState
            icon={IconReportAnalytics}
            title={t('report:empty.title')}
            action={can('import.run') && <LinkButton to="/imports/new">{t('report:empty.action')}</LinkButton>}
          >
            {t('report:empty.text')}
          </EmptyState>
        </div>
      )}
      {data && data.computedAt !== null && (data.buyers.now === 0 ? <Nobody /> : <Answers report={data} />)}
    </BoardPage>
  );
}

function Nobody() {
  const { t } = useTranslation();
  return (
    <div style={{ gridColumn: '1 / -1' }}>
      <EmptyState icon={IconReportAnalytics} title={t('report:nobody.title')}>
        {t('report:nobody.text')}
      </EmptyState>
    </div>
  );
}

function Answers({ report }: { report: Report }) {
  const { t } = useTranslation();
  return (
    <>
      <Card title={t('report:question.normal')} span={6} lead={<Said sentences={report.normal.sentences} />}>
        <NormalAnswer report={report} />
      </Card>
      <Card
        title={t('report:question.loyalty')}
        span={6}
        definition={t('report:definition.loyalty')}
        lead={<Said sentences={report.loyalty.sentences} />}
      >
        <LoyaltyAnswer report={report} />
      </Card>
      <Card title={t('report:question.volume')} span={6} lead={<Said sentences={report.volume.sentences} />}>
        <VolumeAnswer report={report} />
      </Card>
      <Card
        title={t('report:question.growth')}
        span={6}
        definition={t('report:definition.growth')}
        lead={<Said sentences={report.growth.sentences} />}
      >
        <GrowthAnswer report={report} />
      </Card>
      <Card title={t('report:question.duration')} span={6} lead={<Said sentences={report.duration.sentences} />}>
        <DurationAnswer report={report} />
      </Card>
      <Card
        title={t('report:question.profit')}
        span={6}
        definition={t('report:definition.profit')}
        lead={<Said sentences={report.profit.sentences} />}
      >
        <ProfitAnswer report={report} />
      </Card>
      {report.tiers.length > 0 && (
        <Card title={t('customers:column.tier')} span={12} definition={t('report:definition.tiers')}>
          <Tiers report={report} />
        </Card>
      )}
    </>
  );
}

/** The answer in words. */
function Said({ sentences }: { sentences: readonly string[] }) {
  return (
    <Stack gap={2}>
      {sentences.map((sentence, n) => (
        <Text key={sentence} size="sm" c={n === 0 ? 'var(--mantine-color-text)' : 'dimmed'} fw={n === 0 ? 500 : 400}>
          {sentence}
        </Text>
      ))}
    </Stack>
  );
}

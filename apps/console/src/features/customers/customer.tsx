import type { CustomerSummary } from '@vinculo/customer-file/api/customers';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { ApiError } from '../../api/problem.ts';
import { useGet } from '../../api/queries.ts';
import { ScreenMissing } from '../../app/screen-states.tsx';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { CompanyTab } from '../companies/company-tab.tsx';
import { HouseholdTab } from '../households/household-tab.tsx';
import { SegmentsSection } from '../segments/segments-section.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import {
  IconActivity,
  IconBriefcase,
  IconBuilding,
  IconCoins,
  IconHistory,
  IconHomeHeart,
  IconId,
  IconLayersIntersect,
  IconShieldCheck,
} from '../../ui/icons.ts';
import { Alert, Stack } from '../../ui/kit.ts';
import { Page } from '../../ui/page.tsx';
import { RecordPage } from '../../ui/record-page.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { ActivityTab } from './activity-tab.tsx';
import { AuditTab } from './audit-tab.tsx';
import { DataTab } from './data-tab.tsx';
import { IdentityTab } from './identity-tab.tsx';
import { RelationTab } from './relation-tab.tsx';
import type { CustomerSearch } from './search.ts';
import { Summary } from './summary.tsx';
import { ValueTab } from './value-tab.tsx';

export type Customer = z.infer<typeof CustomerSummary>;

export default function CustomerScreen() {
  const { t } = useTranslation();
  const can = useCan();
  const { id } = useParams({ strict: false }) as { id: string };
  const [words, change] = useWords<CustomerSearch>();
  const { data: customer, error, refetch } = useGet<Customer>(`/customers/${id}`);

  if (error instanceof ApiError && error.status === 404) return <ScreenMissing detail={error.detail} />;
  if (error) {
    return (
      <Page title="">
        <ErrorNote error={error} retry={() => void refetch()} />
      </Page>
    );
  }
  if (!customer) {
    return (
      <Page title="">
        <BlockSkeleton height={480} />
      </Page>
    );
  }
  const tabs = [
    { id: 'activity', label: t('customers:tab.activity'), icon: IconActivity, content: () => <ActivityTab customer={customer} /> },
    { id: 'data', label: t('customers:tab.data'), icon: IconId, content: () => <DataTab customer={customer} /> },
    ...(can('value.read')
      ? [{ id: 'value', label: t('customers:tab.value'), icon: IconCoins, content: () => <ValueTab customer={customer} /> }]
      : []),
    ...(customer.kind === 'person'
      ? [
          {
            id: 'household',
            label: t('households:tab.household'),
            icon: IconHomeHeart,
            content: () => <HouseholdTab customer={customer} />,
          },
        ]
      : []),
    {
      id: 'company',
      label: t(customer.kind === 'company' ? 'companies:tab.company' : 'companies:tab.companies'),
      icon: customer.kind === 'company' ? IconBuilding : IconBriefcase,
      content: () => <CompanyTab customer={customer} />,
    },
    {
      id: 'relation',
      label: t('customers:tab.relation'),
      icon: IconShieldCheck,
      content: () => (
        <Stack gap="xl">
          <RelationTab customer={customer} />
          <SegmentsSection customerId={customer.id} name={customer.name} />
        </Stack>
      ),
    },
    {
      id: 'identity',
      label: t('customers:tab.identity'),
      icon: IconLayersIntersect,
      count: customer.records > 1 ? customer.records : undefined,
      content: () => <IdentityTab customer={customer} />,
    },
    ...(can('audit.read')
      ? [{ id: 'audit', label: t('customers:tab.audit'), icon: IconHistory, content: () => <AuditTab customer={customer} /> }]
      : []),
  ];
  return (
    <RecordPage
      title={customer.name}
      summary={
        <Stack gap="md">
          {customer.redirectedFrom && <Alert variant="light">{t('customers:redirected')}</Alert>}
          <Summary customer={customer} onNote={() => change({ tab: 'activity', kinds: 'note' })} />
        </Stack>
      }
      tabs={tabs}
      tab={words.tab ?? 'activity'}
      onTab={(tab) => change({ tab, kinds: undefined })}
    />
  );
}

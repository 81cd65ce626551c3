import type { CompanyProfile } from '@vinculo/customer-file/api/companies';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Stack, Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import type { Customer } from '../customers/customer.tsx';
import { CompanyGroup } from './group.tsx';
import { RolesSection } from './roles-section.tsx';
import { Sites } from './sites.tsx';

type Profile = z.infer<typeof CompanyProfile>;

/** A company's people, sites and group; for a person, the companies they are in. */
export function CompanyTab({ customer }: { customer: Customer }) {
  return customer.kind === 'company' ? <Company customer={customer} /> : <RolesSection customer={customer} />;
}

function Company({ customer }: { customer: Customer }) {
  const { data: profile, error, refetch } = useGet<Profile>(`/customers/${customer.id}/company`);
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!profile) return <BlockSkeleton height={360} />;
  return (
    <Stack gap="xl">
      <Facts profile={profile} />
      <RolesSection customer={customer} />
      <Sites companyId={customer.id} sites={profile.sites} />
      <CompanyGroup customer={customer} profile={profile} />
    </Stack>
  );
}

function Facts({ profile }: { profile: Profile }) {
  const { t } = useTranslation();
  const facts: [string, string | null][] = [
    [t('companies:legalName'), profile.legalName],
    [t('companies:tradeName'), profile.tradeName],
    [t('companies:taxId'), profile.taxId],
  ];
  return (
    <section aria-label={t('companies:facts')}>
      <dl style={{ margin: 0, display: 'grid', gridTemplateColumns: 'auto 1fr', columnGap: 16, rowGap: 4 }}>
        {facts.map(([label, value]) => (
          <div key={label} style={{ display: 'contents' }}>
            <Text component="dt" size="sm" c="dimmed">
              {label}
            </Text>
            <Text component="dd" size="sm" m={0} style={{ overflowWrap: 'anywhere' }}>
              {value ?? '–'}
            </Text>
          </div>
        ))}
        {profile.parent && (
          <div style={{ display: 'contents' }}>
            <Text component="dt" size="sm" c="dimmed">
              {t('companies:parent')}
            </Text>
            <dd style={{ margin: 0 }}>
              <Link to="/customers/$id" params={{ id: profile.parent.id }} search={{ tab: 'company' }} size="sm">
                {profile.parent.name}
              </Link>
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}

import type { CompanyProfile, ParentSet } from '@vinculo/customer-file/api/companies';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import { useRefresh, useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconBuilding } from '../../ui/icons.ts';
import { Button, Group as Row, Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { tellUndo } from '../../ui/tell.tsx';
import type { Customer } from '../customers/customer.tsx';
import { PickCustomer } from '../households/pick-customer.tsx';

type Profile = z.infer<typeof CompanyProfile>;
type Company = Profile['group'][number];
type Set = z.infer<typeof ParentSet>;

/** The group a company belongs to, from the parent down, with what all of it has bought. */
export function CompanyGroup({ customer, profile }: { customer: Customer; profile: Profile }) {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const refresh = useRefresh();
  const [picking, setPicking] = useState(false);
  const set = useSend<string | null, Set>((parentId) => ({ method: 'PUT', path: `/customers/${customer.id}/parent`, body: { parentId } }), {
    refreshes: ['/customers'],
    onDone: ({ previous }) => {
      setPicking(false);
      tellUndo(t('companies:done.parent'), async () => {
        await call({ method: 'PUT', path: `/customers/${customer.id}/parent`, body: { parentId: previous } });
        await refresh('/customers');
      });
    },
  });
  const worth = profile.groupValue !== null;
  return (
    <section aria-label={t('companies:group')}>
      <Row justify="space-between" mb="xs">
        <Text size="sm" fw={600} component="h2" m={0}>
          {t('companies:group')}
        </Text>
        {can('customer.write') && (
          <Row gap="xs">
            {profile.parent && (
              <Button variant="subtle" size="xs" loading={set.isPending && set.variables === null} onClick={() => set.mutate(null)}>
                {t('companies:act.noParent')}
              </Button>
            )}
            <Button variant="default" size="xs" leftSection={<IconBuilding size={14} />} onClick={() => setPicking(true)}>
              {t('companies:act.setParent')}
            </Button>
          </Row>
        )}
      </Row>
      {profile.group.length === 1 ? (
        <Text size="sm" c="dimmed">
          {t('companies:alone')}
        </Text>
      ) : (
        <>
          {profile.groupValue && (
            <Row mb="sm">
              <Figure
                label={t('companies:groupValue')}
                value={format.moneyRound(profile.groupValue.revenue)}
                definition={t('value:definition.revenue')}
                note={t('companies:orders', { count: profile.groupValue.orders })}
              />
            </Row>
          )}
          <Text size="sm" c="dimmed" mb="xs">
            {t(profile.groupCut ? 'companies:groupCut' : 'companies:groupText')}
          </Text>
          <SimpleTable<Company>
            caption={t('companies:group')}
            rows={profile.group}
            rowId={({ id }) => id}
            columns={[
              {
                id: 'company',
                header: t('companies:column.group'),
                cell: ({ id, name, depth }) => (
                  <span style={{ paddingInlineStart: depth * 20 }}>
                    {depth > 0 && <span aria-hidden>└ </span>}
                    {id === customer.id ? (
                      <b>{name}</b>
                    ) : (
                      <Link to="/customers/$id" params={{ id }} search={{ tab: 'company' }} size="sm">
                        {name}
                      </Link>
                    )}
                  </span>
                ),
              },
              { id: 'city', header: t('companies:column.city'), cell: ({ city }) => city ?? '–' },
              ...(worth
                ? [
                    {
                      id: 'revenue',
                      header: t('companies:column.revenue'),
                      align: 'right' as const,
                      cell: ({ value }: Company) => (value ? format.moneyRound(value.revenue) : '–'),
                    },
                  ]
                : []),
            ]}
          />
        </>
      )}
      {picking && (
        <PickCustomer
          opened
          kind="company"
          title={t('companies:setParent', { name: customer.name })}
          action={t('companies:act.setParent')}
          label={t('companies:parent')}
          without={[customer.id]}
          busy={set.isPending}
          onClose={() => setPicking(false)}
          onPick={(parent) => set.mutate(parent)}
        />
      )}
    </section>
  );
}

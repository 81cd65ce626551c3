import type { CompanySite } from '@vinculo/customer-file/api/companies';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import { useRefresh, useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { IconPlus, IconX } from '../../ui/icons.ts';
import { ActionIcon, Button, Group, Modal, Stack, Text, TextInput, Tooltip } from '../../ui/kit.ts';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { tellUndo } from '../../ui/tell.tsx';

type Site = z.infer<typeof CompanySite>;

const FIELDS = ['name', 'street', 'postcode', 'city', 'province', 'phone'] as const;

/** The places of a company: those its sources know, and those somebody wrote down. */
export function Sites({ companyId, sites }: { companyId: string; sites: readonly Site[] }) {
  const { t } = useTranslation();
  const can = useCan();
  const refresh = useRefresh();
  const [adding, setAdding] = useState(false);
  const remove = useSend<Site, Site>(({ id }) => ({ method: 'DELETE', path: `/company-sites/${id}` }), {
    refreshes: ['/customers'],
    onDone: (_, { id }) =>
      tellUndo(t('companies:done.siteRemoved'), async () => {
        await call({ method: 'POST', path: `/company-sites/${id}/restore` });
        await refresh('/customers');
      }),
  });
  const nameOf = (site: Site) => site.name || site.city || site.street || '–';
  return (
    <section aria-label={t('companies:sites')}>
      <Group justify="space-between" mb="xs">
        <Text size="sm" fw={600} component="h2" m={0}>
          {t('companies:sites')}
        </Text>
        {can('customer.write') && (
          <Button variant="default" size="xs" leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)}>
            {t('companies:act.addSite')}
          </Button>
        )}
      </Group>
      {sites.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('companies:noSites')}
        </Text>
      ) : (
        <SimpleTable<Site>
          caption={t('companies:sites')}
          rows={sites}
          rowId={(site) => site.id ?? `${site.street} ${site.postcode} ${site.city}`}
          columns={[
            { id: 'site', header: t('companies:column.site'), cell: nameOf },
            {
              id: 'address',
              header: t('companies:column.address'),
              cell: ({ street, postcode, city }) => [street, [postcode, city].filter(Boolean).join(' ')].filter(Boolean).join(', ') || '–',
            },
            { id: 'phone', header: t('companies:column.phone'), cell: ({ phone }) => phone ?? '–' },
            { id: 'source', header: t('companies:column.source'), cell: ({ sourceLabel }) => sourceLabel ?? '–' },
            ...(can('customer.write')
              ? [
                  {
                    id: 'act',
                    header: '',
                    align: 'right' as const,
                    cell: (site: Site) =>
                      site.id && (
                        <Tooltip label={t('companies:actOn.removeSite', { name: nameOf(site) })}>
                          <ActionIcon
                            variant="subtle"
                            color="gray"
                            aria-label={t('companies:actOn.removeSite', { name: nameOf(site) })}
                            onClick={() => remove.mutate(site)}
                          >
                            <IconX size={16} />
                          </ActionIcon>
                        </Tooltip>
                      ),
                  },
                ]
              : []),
          ]}
        />
      )}
      {adding && <AddSite companyId={companyId} onClose={() => setAdding(false)} />}
    </section>
  );
}

function AddSite({ companyId, onClose }: { companyId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const refresh = useRefresh();
  const [words, setWords] = useState<Record<(typeof FIELDS)[number], string>>({
    name: '',
    street: '',
    postcode: '',
    city: '',
    province: '',
    phone: '',
  });
  const add = useSend<void, Site>(() => ({ path: `/customers/${companyId}/sites`, body: words }), {
    refreshes: ['/customers'],
    onDone: ({ id }) => {
      onClose();
      tellUndo(t('companies:done.site'), async () => {
        await call({ method: 'DELETE', path: `/company-sites/${id}` });
        await refresh('/customers');
      });
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('companies:site.add')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate();
        }}
      >
        <Stack gap="sm">
          {FIELDS.map((field) => (
            <TextInput
              key={field}
              label={t(`companies:site.${field}`)}
              value={words[field]}
              required={field === 'name'}
              data-autofocus={field === 'name' || undefined}
              onChange={(event) => setWords({ ...words, [field]: event.currentTarget.value })}
            />
          ))}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" loading={add.isPending} disabled={!words.name.trim()}>
              {t('companies:act.addSite')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

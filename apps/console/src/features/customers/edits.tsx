import type { CustomerEdit } from '@vinculo/customer-file/api/live';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { usePage, useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { useFormat } from '../../ui/format.ts';
import { Button, Group, Stack, Text, Title } from '../../ui/kit.ts';
import { tell } from '../../ui/tell.tsx';
import type { Customer } from './customer.tsx';

type Edit = z.infer<typeof CustomerEdit>;

/** What people changed by hand, the latest first, each to be taken back. Nothing where nobody did. */
export function Edits({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const edits = usePage<Edit>(`/customers/${customer.id}/edits`, { limit: 10 });
  const undo = useSend<string>((id) => ({ path: `/customer-edits/${id}/undo` }), {
    refreshes: ['/customers'],
    onDone: () => tell(t('shell:undo.done')),
  });
  if (edits.rows.length === 0) return null;
  const said = ({ field, before, after }: Edit['fields'][number]) =>
    t('customers:entry.changed', {
      field: t(`imports:field.${field}`, { defaultValue: field }),
      before: before ?? t('common:unknown'),
      after: after ?? t('common:unknown'),
    });
  return (
    <Stack gap="sm" mt="lg">
      <Title order={2} size="sm">
        {t('customers:entry.history')}
      </Title>
      {edits.rows.map((edit) => (
        <Group key={edit.id} justify="space-between" align="flex-start" wrap="nowrap">
          <div style={{ minWidth: 0 }}>
            <Text size="sm">
              {t(edit.undoes ? 'customers:entry.undidBy' : 'customers:entry.by', { name: edit.by, when: format.dateTime(edit.at) })}
            </Text>
            {edit.fields.map((field) => (
              <Text key={field.field} size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                {said(field)}
              </Text>
            ))}
          </div>
          {edit.undone ? (
            <Text size="sm" c="dimmed">
              {t('customers:identity.wasUndone')}
            </Text>
          ) : (
            can('customer.write') &&
            can('customer.read_personal') && (
              <Button
                size="xs"
                variant="default"
                loading={undo.isPending && undo.variables === edit.id}
                onClick={() => undo.mutate(edit.id)}
              >
                {t('common:undo')}
              </Button>
            )
          )}
        </Group>
      ))}
      {edits.more && (
        <Button variant="default" size="xs" loading={edits.fetchingMore} onClick={edits.fetchMore} style={{ alignSelf: 'flex-start' }}>
          {t('common:more')}
        </Button>
      )}
    </Stack>
  );
}

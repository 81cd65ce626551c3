import type { GoldenRecord } from '@vinculo/customer-file/api/customers';
import type { CustomerChange, CustomerEdited } from '@vinculo/customer-file/api/live';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import type { ApiError } from '../../api/problem.ts';
import { useRefresh, useSend } from '../../api/queries.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Button, Group, Modal, Stack, Text } from '../../ui/kit.ts';
import { usePhone } from '../../ui/screen-size.ts';
import { tellUndo } from '../../ui/tell.tsx';
import type { Customer } from './customer.tsx';
import { boxesOf, type Entry, EntryFields, type EntryField } from './entry-fields.tsx';

type Golden = z.infer<typeof GoldenRecord>;
type Change = z.input<typeof CustomerChange>;

/** Golden fields by the box they are typed in. */
const SHOWN_IN: Partial<Record<EntryField, string>> = { given_name: 'given', company_name: 'company', address: 'street' };

/** Sends a change of the customer, and offers to take it back. */
export function useEdit(customer: Customer, onDone?: () => void, onError?: (error: ApiError) => void) {
  const { t } = useTranslation();
  const refresh = useRefresh();
  return useSend<Change, z.infer<typeof CustomerEdited>>((body) => ({ method: 'PATCH', path: `/customers/${customer.id}`, body }), {
    refreshes: ['/customers'],
    ...(onError ? { onError } : {}),
    onDone: ({ editId }) => {
      onDone?.();
      tellUndo(t('common:saved'), async () => {
        await call({ method: 'POST', path: `/customer-edits/${editId}/undo` });
        await refresh('/customers');
      });
    },
  });
}

interface EditDialogProps {
  customer: Customer;
  golden: Golden;
  opened: boolean;
  onClose: () => void;
}

/** Every value in force in its box; only what is changed is sent. */
export function EditDialog(props: EditDialogProps) {
  const { t } = useTranslation();
  const phone = usePhone();
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      size="lg"
      fullScreen={phone}
      title={t('customers:entry.edit', { name: props.customer.name })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Fields key={props.golden.version} {...props} />
    </Modal>
  );
}

function Fields({ customer, golden, onClose }: EditDialogProps) {
  const { t } = useTranslation();
  const [before] = useState(() => inBoxes(golden, customer.kind));
  const [entry, setEntry] = useState<Entry>(before);
  const [error, setError] = useState<ApiError>();
  const save = useEdit(customer, onClose, setError);
  const set = Object.fromEntries(
    boxesOf(customer.kind).flatMap((field) => {
      const value = (entry[field] ?? '').trim();
      return value === (before[field] ?? '') ? [] : [[field, value]];
    }),
  );
  const nothing = Object.keys(set).length === 0;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setError(undefined);
        if (!nothing) save.mutate({ version: golden.version, set });
      }}
    >
      <Stack gap="lg">
        <Text size="sm" c="dimmed">
          {t('customers:entry.editHelp')}
        </Text>
        <ErrorNote error={error} />
        <EntryFields
          kind={customer.kind}
          values={entry}
          errors={error?.fields}
          onChange={(field, value) => setEntry((now) => ({ ...now, [field]: value }))}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={nothing}>
            {t('common:save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function inBoxes({ fields }: Golden, kind: 'person' | 'company'): Entry {
  const values = new Map(fields.map(({ field, value }) => [field, value]));
  return Object.fromEntries(
    boxesOf(kind).flatMap((box) => {
      const shown = values.get(SHOWN_IN[box] ?? box);
      // The floor is part of the address one reads and types.
      const value = box === 'address' && shown ? [shown, values.get('address_rest')].filter(Boolean).join(', ') : shown;
      return value === undefined ? [] : [[box, value]];
    }),
  );
}

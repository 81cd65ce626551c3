import type { SearchHit } from '@vinculo/customer-file/api/customers';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';
import { Radio, Stack, Text, TextInput, useDebouncedValue } from '../../ui/kit.ts';
import type { Customer } from './customer.tsx';
import { ReasonDialog } from './reason-dialog.tsx';

interface MergeDialogProps {
  opened: boolean;
  customer: Pick<Customer, 'id' | 'name'>;
  busy: boolean;
  onClose: () => void;
  onMerge: (from: string, reason: string) => void;
  /** What would come of it, once the other is chosen. */
  preview?: (from: string) => ReactNode;
}

/** Finds the other customer and says why they are the same person. */
export function MergeDialog({ opened, customer, busy, onClose, onMerge, preview }: MergeDialogProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 200);
  const [from, setFrom] = useState<string | null>(null);
  const { data } = useGet<{ hits: z.infer<typeof SearchHit>[] }>(
    '/customers/search',
    { q: search },
    { enabled: opened && search !== '', keep: true },
  );
  const others = (search ? (data?.hits ?? []) : []).filter(({ id }) => id !== customer.id);
  return (
    <ReasonDialog
      opened={opened}
      title={t('customers:identity.mergeTitle', { name: customer.name })}
      action={t('customers:identity.merge')}
      busy={busy}
      incomplete={from === null}
      onClose={onClose}
      onReason={(reason) => from && onMerge(from, reason)}
    >
      <TextInput
        label={t('customers:identity.mergeWith')}
        placeholder={t('customers:searchPlaceholder')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        data-autofocus
      />
      {search !== '' && others.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('shell:list.noMatch')}
        </Text>
      )}
      <Radio.Group value={from} onChange={setFrom} aria-label={t('customers:identity.mergeWith')}>
        <Stack gap="xs">
          {others.map(({ id, name, detail }) => (
            <Radio key={id} value={id} label={name} description={detail} />
          ))}
        </Stack>
      </Radio.Group>
      {/* Gone while it is being done: what was two is not asked for again. */}
      {from !== null && opened && !busy && preview?.(from)}
    </ReasonDialog>
  );
}

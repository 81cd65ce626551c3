import type { SearchHit } from '@vinculo/customer-file/api/customers';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';
import { Button, Group, Modal, Radio, Stack, Text, TextInput, useDebouncedValue } from '../../ui/kit.ts';

interface PickCustomerProps {
  opened: boolean;
  title: string;
  action: string;
  kind: 'person' | 'company';
  label: string;
  /** Not offered. */
  without: readonly string[];
  busy: boolean;
  /** Below the choice: what else the form asks. */
  children?: ReactNode;
  onClose: () => void;
  onPick: (id: string) => void;
}

/** Finds a person or a company, in a dialog. */
export function PickCustomer({ opened, title, action, kind, label, without, busy, children, onClose, onPick }: PickCustomerProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 200);
  const [picked, setPicked] = useState<string | null>(null);
  const { data } = useGet<{ hits: z.infer<typeof SearchHit>[] }>(
    '/customers/search',
    { q: search, limit: 20 },
    { enabled: opened && search !== '', keep: true },
  );
  const hits = (search ? (data?.hits ?? []) : []).filter((hit) => hit.kind === kind && !without.includes(hit.id)).slice(0, 6);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (picked) onPick(picked);
  };
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <form onSubmit={send}>
        <Stack gap="md">
          <TextInput
            label={label}
            placeholder={t('customers:searchPlaceholder')}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            data-autofocus
          />
          {search !== '' && data && hits.length === 0 && (
            <Text size="sm" c="dimmed">
              {t('companies:noMatch')}
            </Text>
          )}
          <Radio.Group value={picked} onChange={setPicked} aria-label={label}>
            <Stack gap="xs">
              {hits.map(({ id, name, detail }) => (
                <Radio key={id} value={id} label={name} description={detail} />
              ))}
            </Stack>
          </Radio.Group>
          {children}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={!picked}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

import type { CostsPreview } from '@vinculo/insight/api/costs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconArrowRight } from '../../ui/icons.ts';
import { Button, Group, Modal, Stack, Text, TextInput } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';

type Preview = z.infer<typeof CostsPreview>;

interface CostsEffectProps {
  opened: boolean;
  onClose: () => void;
  preview: Preview | undefined;
  error: unknown;
  busy: boolean;
  onApply: (note: string) => void;
}

/** What a draft would do, before it applies: the base, the customers who change sign, and whom it changes most. */
export function CostsEffect({ opened, onClose, preview, error, busy, onApply }: CostsEffectProps) {
  const { t } = useTranslation();
  const [note, setNote] = useState('');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t('profit:costs.effect')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack gap="md">
        {error ? <ErrorNote error={error} /> : preview ? <Effect preview={preview} /> : <BlockSkeleton height={220} />}
        {preview && (
          <>
            <TextInput
              label={t('profit:costs.note')}
              placeholder={t('profit:costs.notePlaceholder')}
              value={note}
              maxLength={500}
              onChange={({ currentTarget }) => setNote(currentTarget.value)}
            />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {t('common:cancel')}
              </Button>
              <Button loading={busy} onClick={() => onApply(note)}>
                {t('profit:costs.apply')}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Modal>
  );
}

function Effect({ preview: { before, after, fall, rise, examples } }: { preview: Preview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const rows = [
    { id: 'profit', name: t('profit:profit'), before: format.money(before.profit), after: format.money(after.profit) },
    { id: 'below', name: t('profit:belowZero'), before: format.number(before.belowZero), after: format.number(after.belowZero) },
    { id: 'customers', name: t('profit:customers'), before: format.number(before.customers), after: format.number(after.customers) },
  ];
  const money = (amount: number | null) => (amount === null ? '–' : format.money(amount));
  return (
    <>
      <SimpleTable
        caption={t('profit:costs.effect')}
        rows={rows}
        rowId={({ id }) => id}
        columns={[
          { id: 'name', header: '', cell: ({ name }) => name },
          { id: 'before', header: t('profit:costs.before'), align: 'right', cell: (row) => row.before },
          { id: 'after', header: t('profit:costs.after'), align: 'right', cell: (row) => <b>{row.after}</b> },
        ]}
      />
      <div>
        {examples.length === 0 && <Text size="sm">{t('profit:costs.noEffect')}</Text>}
        {fall > 0 && <Text size="sm">{t('profit:costs.falls', { count: fall })}</Text>}
        {rise > 0 && <Text size="sm">{t('profit:costs.rises', { count: rise })}</Text>}
        {after.unknown > 0 && (
          <Text size="sm" c="dimmed">
            {t('profit:costs.unknownLeft', { count: after.unknown })}
          </Text>
        )}
      </div>
      {examples.length > 0 && (
        <Stack gap={4}>
          <Text size="sm" fw={600}>
            {t('profit:costs.examples')}
          </Text>
          {examples.map((one) => (
            <Group key={one.customerId} gap="xs" justify="space-between">
              <Link size="sm" to="/customers/$id" params={{ id: one.customerId }} search={{ tab: 'value' }}>
                {one.name}
              </Link>
              <Text size="sm">
                {money(one.before)} <IconArrowRight size={12} aria-hidden style={{ verticalAlign: -1 }} /> {money(one.after)}
              </Text>
            </Group>
          ))}
        </Stack>
      )}
    </>
  );
}

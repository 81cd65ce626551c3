import type { NewBatch } from '@vinculo/channels/api/replies';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { ApiError } from '../../api/problem.ts';
import { useGet, useSend } from '../../api/queries.ts';
import { useCompany } from '../../app/company.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { Button, Group, Modal, Select, Stack, Text, TextInput } from '../../ui/kit.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { useGo } from '../../ui/link.tsx';
import { localDay } from '../contacts/local-time.ts';
import type { Batch, Template } from './shapes.ts';

interface BeginBatchProps {
  kind: 'coupons' | 'forms';
  template?: string | undefined;
  onClose: () => void;
}

/** A new pile: what it is and when it came. Enter begins. */
export function BeginBatch({ kind, template: given, onClose }: BeginBatchProps) {
  const { t } = useTranslation();
  const go = useGo();
  const format = useFormat();
  const { timeZone } = useCompany();
  const { data } = useGet<{ items: Template[] }>('/reply-templates', {}, { enabled: kind === 'forms' });
  const templates = (data?.items ?? []).filter(({ archived }) => !archived);
  const [chosen, setChosen] = useState<string | null>(given ?? null);
  const [name, setName] = useState<string>();
  const [on, setOn] = useState(() => localDay(0, timeZone));
  const [error, setError] = useState<ApiError>();
  const template = templates.find(({ id }) => id === chosen) ?? (templates.length === 1 ? templates[0] : undefined);
  const date = format.date(`${on || localDay(0, timeZone)}T12:00:00Z`);
  const proposed =
    kind === 'coupons'
      ? t('channels:replies.batch.defaultCoupons', { date })
      : template
        ? t('channels:replies.batch.defaultForms', { name: template.name, date })
        : '';
  const begin = useSend<z.input<typeof NewBatch>, Batch>((body) => ({ path: '/reply-batches', body }), {
    refreshes: ['/reply-batches'],
    onError: setError,
    onDone: ({ id }) => void go({ to: '/replies/batches/$id', params: { id } }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setError(undefined);
    begin.mutate({
      kind,
      name: (name ?? proposed).trim(),
      ...(on ? { receivedOn: on } : {}),
      ...(template ? { template: template.id } : {}),
    });
  };
  const none = kind === 'forms' && data !== undefined && templates.length === 0;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(kind === 'coupons' ? 'channels:replies.batch.beginCoupons' : 'channels:replies.batch.beginForms')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {none ? (
        <Stack gap="md">
          <Text size="sm">{t('channels:replies.batch.noTemplates')}</Text>
          <Group justify="flex-end">
            <LinkButton to="/replies" search={{ tab: 'templates', create: 'template' }}>
              {t('channels:replies.newTemplate')}
            </LinkButton>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={submit}>
          <Stack gap="md">
            <ErrorNote error={error} />
            {kind === 'forms' && (
              <Select
                label={t('channels:replies.batch.template')}
                data={templates.map((one) => ({ value: one.id, label: one.name }))}
                value={template?.id ?? null}
                onChange={setChosen}
                allowDeselect={false}
              />
            )}
            <TextInput
              label={t('channels:replies.batch.name')}
              value={name ?? proposed}
              maxLength={120}
              data-autofocus
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <TextInput
              label={t('channels:replies.batch.date')}
              type="date"
              value={on}
              onChange={(event) => setOn(event.currentTarget.value)}
            />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {t('common:cancel')}
              </Button>
              <Button
                type="submit"
                loading={begin.isPending}
                disabled={(name ?? proposed).trim() === '' || (kind === 'forms' && !template)}
              >
                {t('channels:replies.batch.start')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

import type { NewTemplate } from '@vinculo/channels/api/replies';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { ApiError } from '../../api/problem.ts';
import { useSend } from '../../api/queries.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { IconTrash } from '../../ui/icons.ts';
import { ActionIcon, Button, Fieldset, Group, Modal, MultiSelect, Select, Stack, TextInput } from '../../ui/kit.ts';
import { type Field, FIELDS, type Template } from './shapes.ts';

const PURPOSES = ['marketing', 'newsletter', 'profiling', 'service'];
const CHANNELS = ['any', 'email', 'sms', 'phone', 'post'];

/** What a paper form asks, in the order of the paper, and the boxes that are ticked on it. */
export function TemplateForm({ template, onClose }: { template?: Template; onClose: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState(template?.name ?? '');
  const [fields, setFields] = useState<readonly Field[]>(template?.fields ?? ['full_name', 'mobile', 'email']);
  const [consents, setConsents] = useState(template?.consents ?? []);
  const [error, setError] = useState<ApiError>();
  const save = useSend<z.input<typeof NewTemplate>, Template>(
    (body) => (template ? { method: 'PATCH', path: `/reply-templates/${template.id}`, body } : { path: '/reply-templates', body }),
    { refreshes: ['/reply-templates'], onError: setError, onDone: onClose },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setError(undefined);
    save.mutate({ name: name.trim(), fields: [...fields], consents: [...consents] });
  };
  const change = (at: number, next: Partial<(typeof consents)[number]>) =>
    setConsents(consents.map((one, n) => (n === at ? { ...one, ...next } : one)));
  const left = PURPOSES.filter((purpose) => !consents.some((one) => one.purpose === purpose));
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={template ? t('channels:replies.template.edit', { name: template.name }) : t('channels:replies.newTemplate')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <ErrorNote error={error} />
          <TextInput
            label={t('channels:replies.template.name')}
            value={name}
            maxLength={120}
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <MultiSelect
            label={t('channels:replies.template.fields')}
            data={FIELDS.map((value) => ({ value, label: t(`imports:field.${value}`) }))}
            value={[...fields]}
            onChange={(next) => setFields(next as Field[])}
            searchable
          />
          <Fieldset legend={t('channels:replies.template.consents')}>
            <Stack gap="sm">
              {consents.map((consent, n) => (
                <Group key={consent.purpose} gap="sm" align="flex-end" wrap="nowrap">
                  <Select
                    label={t('channels:replies.template.purpose')}
                    data={PURPOSES.map((value) => ({ value, label: t(`customers:purpose.${value}`) }))}
                    value={consent.purpose}
                    allowDeselect={false}
                    onChange={(purpose) => {
                      if (purpose && left.includes(purpose)) change(n, { purpose });
                    }}
                  />
                  <Select
                    label={t('channels:replies.template.channel')}
                    data={CHANNELS.map((value) => ({ value, label: t(`customers:channel.${value}`) }))}
                    value={consent.channel}
                    allowDeselect={false}
                    onChange={(channel) => channel && change(n, { channel })}
                  />
                  <TextInput
                    style={{ flex: 1 }}
                    label={t('channels:replies.template.words')}
                    value={consent.words}
                    maxLength={300}
                    onChange={(event) => change(n, { words: event.currentTarget.value })}
                  />
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t('channels:replies.template.removeConsent', { n: n + 1 })}
                    onClick={() => setConsents(consents.filter((_, at) => at !== n))}
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                </Group>
              ))}
              {left.length > 0 && (
                <Button
                  variant="default"
                  size="xs"
                  style={{ alignSelf: 'flex-start' }}
                  onClick={() => setConsents([...consents, { purpose: left[0]!, channel: 'any', words: '' }])}
                >
                  {t('channels:replies.template.addConsent')}
                </Button>
              )}
            </Stack>
          </Fieldset>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" disabled={!name.trim() || fields.length === 0} loading={save.isPending}>
              {t('channels:replies.template.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

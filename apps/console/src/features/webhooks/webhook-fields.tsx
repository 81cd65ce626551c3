import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/problem.ts';
import { useGet } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { IconPlus, IconTrash } from '../../ui/icons.ts';
import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  MultiSelect,
  PasswordInput,
  Radio,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  TextInput,
} from '../../ui/kit.ts';
import type { WebhookEvents } from './schemas.ts';

export interface WebhookDraft {
  name: string;
  url: string;
  events: string[];
  segments: string[] | null;
  details: 'ids' | 'contact';
  private: boolean;
  alertEmail: string;
  /** New ones, or new values of those kept: an empty value of a kept one leaves it as it is. */
  headers: { name: string; value: string; kept: boolean }[];
}

/** What a webhook is made of, for a new one and for a change. */
export function WebhookFields({
  draft,
  onDraft,
  error,
}: {
  draft: WebhookDraft;
  onDraft: (draft: WebhookDraft) => void;
  error?: ApiError | undefined;
}) {
  const { t } = useTranslation();
  const can = useCan();
  const events = useGet<WebhookEvents>('/webhooks/events', {}, { staleTime: 600_000 });
  const aboutSegments = draft.events.some((type) => type.startsWith('segment.'));
  const segments = useGet<{ items: { id: string; name: string }[] }>(
    '/segments',
    { limit: 200 },
    { enabled: aboutSegments && can('customer.read') },
  );
  const set = (change: Partial<WebhookDraft>) => onDraft({ ...draft, ...change });
  return (
    <Stack gap="lg">
      <TextInput
        label={t('webhooks:form.name')}
        description={t('webhooks:form.nameHelp')}
        required
        maxLength={120}
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        error={error?.fields.name}
        data-autofocus
      />
      <TextInput
        label={t('webhooks:form.url')}
        description={t('webhooks:form.urlHelp')}
        placeholder="https://erp.example/vinculo"
        type="url"
        required
        value={draft.url}
        onChange={(event) => set({ url: event.currentTarget.value })}
        error={error?.fields.url}
      />
      <Switch
        label={t('webhooks:form.private')}
        description={t('webhooks:form.privateHelp')}
        checked={draft.private}
        onChange={(event) => set({ private: event.currentTarget.checked })}
      />
      <Checkbox.Group label={t('webhooks:form.events')} required value={draft.events} onChange={(chosen) => set({ events: chosen })}>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs" mt="xs">
          {(events.data?.items ?? []).map(({ type }) => (
            <Checkbox
              key={type}
              value={type}
              label={t(`webhooks:event.${type}`, { defaultValue: type })}
              description={<span lang="zxx">{type}</span>}
            />
          ))}
        </SimpleGrid>
      </Checkbox.Group>
      {aboutSegments && (
        <MultiSelect
          label={t('webhooks:form.segments')}
          description={t('webhooks:form.segmentsHelp')}
          placeholder={draft.segments?.length ? undefined : t('webhooks:form.allSegments')}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('webhooks:form.allSegments') }}
          value={draft.segments ?? []}
          data={(segments.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(chosen) => set({ segments: chosen.length > 0 ? chosen : null })}
        />
      )}
      <Radio.Group
        label={t('webhooks:form.details')}
        value={draft.details}
        onChange={(details) => set({ details: details as WebhookDraft['details'] })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="ids" label={t('webhooks:form.ids')} description={t('webhooks:form.idsHelp')} />
          <Radio
            value="contact"
            label={t('webhooks:form.contact')}
            description={t(can('customer.read_personal') ? 'webhooks:form.contactHelp' : 'webhooks:form.contactDenied')}
            disabled={!can('customer.read_personal')}
          />
        </Stack>
      </Radio.Group>
      <Headers draft={draft} set={set} />
      <TextInput
        label={t('webhooks:form.alert')}
        description={t('webhooks:form.alertHelp')}
        type="email"
        value={draft.alertEmail}
        onChange={(event) => set({ alertEmail: event.currentTarget.value })}
        error={error?.fields.alertEmail}
      />
    </Stack>
  );
}

function Headers({ draft: { headers }, set }: { draft: WebhookDraft; set: (change: Partial<WebhookDraft>) => void }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(headers.length > 0);
  const change = (index: number, next: Partial<WebhookDraft['headers'][number]>) =>
    set({ headers: headers.map((header, n) => (n === index ? { ...header, ...next } : header)) });
  const add = () => {
    setOpened(true);
    set({ headers: [...headers, { name: '', value: '', kept: false }] });
  };
  return (
    <Stack gap="xs">
      {opened && headers.length > 0 && (
        <Text size="sm" fw={500}>
          {t('webhooks:form.headers')}
        </Text>
      )}
      {headers.map((header, index) => (
        // Two that are being written may be called alike for a moment.
        // oxlint-disable-next-line react/no-array-index-key
        <Group key={index} gap="xs" wrap="nowrap" align="flex-end">
          <TextInput
            label={t('webhooks:form.headerName')}
            value={header.name}
            disabled={header.kept}
            onChange={(event) => change(index, { name: event.currentTarget.value })}
            style={{ flex: 1 }}
          />
          <PasswordInput
            label={t('webhooks:form.headerValue')}
            placeholder={header.kept ? t('webhooks:form.keptValue') : undefined}
            value={header.value}
            autoComplete="off"
            onChange={(event) => change(index, { value: event.currentTarget.value })}
            visibilityToggleButtonProps={{ 'aria-label': t('webhooks:form.show') }}
            style={{ flex: 1 }}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={t('webhooks:form.removeHeader', { name: header.name })}
            onClick={() => set({ headers: headers.filter((_, n) => n !== index) })}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      ))}
      <div>
        <Button size="xs" variant="subtle" leftSection={<IconPlus size={14} />} onClick={add}>
          {t('webhooks:form.addHeader')}
        </Button>
      </div>
    </Stack>
  );
}

import type { NewSource } from '@vinculo/customer-file/api/imports';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import type { ApiError } from '../../api/problem.ts';
import { useRefresh } from '../../api/queries.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Button, Group, Modal, Select, Stack, Text, TextInput } from '../../ui/kit.ts';
import { useGo } from '../../ui/link.tsx';
import { sourceName } from '../sources/source-name.ts';
import { type Source, useSources } from '../sources/use-sources.ts';

const NEW = 'new';

/** A site, an app or a till that will send events: a source and its first key, and then how to install it. */
export function Connect({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} title={t('events:connect.title')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <Fields onClose={onClose} />
    </Modal>
  );
}

function Fields({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const go = useGo();
  const refresh = useRefresh();
  const { data } = useSources();
  const [chosen, setChosen] = useState<string>(NEW);
  const [label, setLabel] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError>();
  const sources = data?.items ?? [];

  const connect = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const name = label.trim();
      const body: z.input<typeof NewSource> = {
        label: name,
        kind: 'api',
        name: sourceName(
          name,
          sources.map((one) => one.name),
        ),
      };
      const source =
        chosen === NEW ? await call<Source>({ method: 'POST', path: '/sources', body }) : sources.find(({ id }) => id === chosen)!;
      await call({ method: 'POST', path: `/sources/${source.id}/write-keys`, body: { name: source.label } });
      await refresh('/sources', '/event-sources');
      await go({ to: '/sources/$id/events', params: { id: source.id }, search: { tab: 'install' } });
    } catch (caught) {
      setError(caught as ApiError);
      setBusy(false);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void connect();
      }}
    >
      <Stack gap="md">
        <Text size="sm">{t('events:connect.text')}</Text>
        <ErrorNote error={error} />
        {sources.length > 0 && (
          <Select
            label={t('events:connect.where')}
            description={t('events:connect.whereHelp')}
            data={[{ value: NEW, label: t('events:connect.new') }, ...sources.map(({ id, label: of }) => ({ value: id, label: of }))]}
            value={chosen}
            allowDeselect={false}
            onChange={(next) => next && setChosen(next)}
          />
        )}
        {chosen === NEW && (
          <TextInput
            label={t('events:connect.name')}
            description={t('events:connect.nameHelp')}
            required
            maxLength={80}
            value={label}
            onChange={(event) => setLabel(event.currentTarget.value)}
            error={error?.fields.label}
            data-autofocus
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={chosen === NEW && label.trim() === ''}>
            {t('events:connect.go')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

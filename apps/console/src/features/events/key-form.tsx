import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/problem.ts';
import { useSend } from '../../api/queries.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Button, Group, Modal, Stack, TagsInput, TextInput } from '../../ui/kit.ts';
import { tell } from '../../ui/tell.tsx';
import type { Key } from './schemas.ts';

interface KeyFormProps {
  source: string;
  /** The key to change; without it, a new one. */
  changed?: Key;
  onClose: () => void;
}

/** A site as browsers name it, out of what people type or paste: `tienda.example/ofertas` is `https://tienda.example`. */
export const asOrigin = (typed: string): string => {
  const text = typed.trim().toLowerCase();
  const whole = /^https?:\/\//.test(text) ? text : `https://${text}`;
  return whole.replace(/^(https?:\/\/[^/]+).*$/, '$1');
};

/** Name of a key and the sites that may use it. */
export function KeyForm({ source, changed, onClose }: KeyFormProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(changed?.name ?? '');
  const [origins, setOrigins] = useState<string[]>(changed?.origins ?? []);
  const [error, setError] = useState<ApiError>();
  const save = useSend<{ name: string; origins: string[] }, Key>(
    (body) =>
      changed
        ? { method: 'PATCH', path: `/sources/${source}/write-keys/${changed.id}`, body }
        : { path: `/sources/${source}/write-keys`, body },
    {
      refreshes: [`/sources/${source}`, '/event-sources'],
      onError: setError,
      onDone: () => {
        tell(t(changed ? 'common:saved' : 'events:keys.created', { name: name.trim() }));
        onClose();
      },
    },
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(changed ? 'events:keys.change' : 'events:keys.new')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setError(undefined);
          save.mutate({ name: name.trim(), origins });
        }}
      >
        <Stack gap="md">
          <ErrorNote error={error} />
          <TextInput
            label={t('events:keys.name')}
            description={t('events:keys.nameHelp')}
            required
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={error?.fields.name}
            data-autofocus
          />
          <TagsInput
            label={t('events:keys.origins')}
            description={t('events:keys.originsHelp')}
            placeholder={origins.length === 0 ? 'https://tienda.example' : ''}
            value={origins}
            onChange={(next) => setOrigins([...new Set(next.map(asOrigin))])}
            splitChars={[',', ' ', ';']}
            error={error?.fields.origins}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>
              {t(changed ? 'common:save' : 'events:keys.new')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/problem.ts';
import { useSend } from '../../api/queries.ts';
import { useSources } from '../sources/use-sources.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Button, Group, Modal, PasswordInput, Select, SimpleGrid, Stack, TextInput } from '../../ui/kit.ts';
import { useGo } from '../../ui/link.tsx';
import { type Preset, PRESETS } from './presets.ts';
import type { HookVerify, HookWithSecret, NewHook as Input } from './schemas.ts';
import { SecretOnce } from './secret-once.tsx';

/** Who will send, and how it proves it; afterwards the address to be given to the other system. */
export function NewHook({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const go = useGo();
  const { data } = useSources();
  const [name, setName] = useState('');
  const [source, setSource] = useState<string | null>(null);
  const [preset, setPreset] = useState<Preset>('standard');
  const [own, setOwn] = useState({ header: 'x-signature', algorithm: 'sha256', encoding: 'hex', prefix: '' });
  const [secret, setSecret] = useState('');
  const [error, setError] = useState<ApiError>();
  const create = useSend<Input, HookWithSecret>((body) => ({ path: '/hooks', body }), { refreshes: ['/hooks'], onError: setError });
  const made = create.data;
  const close = () => {
    onClose();
    if (made) void go({ to: '/hooks/$id', params: { id: made.id }, search: { tab: 'mapping' } });
  };
  const needsSecret = preset !== 'none' && preset !== 'standard';
  const verify = (preset === 'hmac' ? { kind: 'hmac', ...own } : PRESETS[preset]) as HookVerify;
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={t(made ? 'webhooks:in.made' : 'webhooks:in.new')}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {made ? (
        <SecretOnce secret={made.secret} url={made.url} onKept={close} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setError(undefined);
            if (source) create.mutate({ name: name.trim(), sourceId: source, verify, ...(secret.trim() ? { secret: secret.trim() } : {}) });
          }}
        >
          <Stack gap="lg">
            <ErrorNote error={error} />
            <TextInput
              label={t('webhooks:form.name')}
              description={t('webhooks:in.nameHelp')}
              required
              maxLength={120}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              error={error?.fields.name}
              data-autofocus
            />
            <Select
              label={t('webhooks:column.source')}
              description={t('webhooks:in.sourceHelp')}
              required
              searchable
              value={source}
              onChange={setSource}
              data={(data?.items ?? []).map(({ id, label }) => ({ value: id, label }))}
            />
            <Select
              label={t('webhooks:in.from')}
              description={t(`webhooks:presetHelp.${preset}`)}
              value={preset}
              onChange={(next) => next && setPreset(next as Preset)}
              data={Object.keys(PRESETS).map((one) => ({ value: one, label: t(`webhooks:preset.${one}`) }))}
            />
            {preset === 'hmac' && (
              <SimpleGrid cols={{ base: 1, sm: 2 }}>
                <TextInput
                  label={t('webhooks:in.header')}
                  value={own.header}
                  onChange={(event) => setOwn({ ...own, header: event.currentTarget.value })}
                />
                <TextInput
                  label={t('webhooks:in.prefix')}
                  placeholder="sha256="
                  value={own.prefix}
                  onChange={(event) => setOwn({ ...own, prefix: event.currentTarget.value })}
                />
                <Select
                  label={t('webhooks:in.algorithm')}
                  value={own.algorithm}
                  onChange={(algorithm) => algorithm && setOwn({ ...own, algorithm })}
                  data={['sha256', 'sha1', 'sha512']}
                />
                <Select
                  label={t('webhooks:in.encoding')}
                  value={own.encoding}
                  onChange={(encoding) => encoding && setOwn({ ...own, encoding })}
                  data={['hex', 'base64']}
                />
              </SimpleGrid>
            )}
            {preset !== 'none' && (
              <PasswordInput
                label={t('webhooks:in.secret')}
                description={t(needsSecret ? 'webhooks:in.secretHelp' : 'webhooks:in.secretMade')}
                required={needsSecret}
                autoComplete="off"
                value={secret}
                onChange={(event) => setSecret(event.currentTarget.value)}
                visibilityToggleButtonProps={{ 'aria-label': t('webhooks:form.show') }}
              />
            )}
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                {t('common:cancel')}
              </Button>
              <Button
                type="submit"
                loading={create.isPending}
                disabled={name.trim() === '' || !source || (needsSecret && secret.trim() === '')}
              >
                {t('webhooks:in.create')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

import { useTranslation } from 'react-i18next';
import { useSend } from '../../api/queries.ts';
import { Alert, Button, Group, PasswordInput, Radio, Select, SimpleGrid, Stack, Textarea, TextInput } from '../../ui/kit.ts';
import { type Draft, secretsOf, targetOf } from './draft.ts';
import type { HandBack, HandBackTest } from './schemas.ts';

interface StepProps {
  draft: Draft;
  set: (part: Partial<Draft>) => void;
  former?: HandBack | undefined;
}

/** A folder, an SFTP server or a table, with a button that tries it. */
export function StepWhere({ draft, set, former }: StepProps) {
  const { t } = useTranslation();
  const test = useSend<void, HandBackTest>(
    () => ({
      path: '/hand-backs/test',
      body: { target: targetOf(draft), secrets: secretsOf(draft), ...(former ? { id: former.id } : {}) },
    }),
    { onDone: ({ hostKey }) => hostKey && set({ hostKey }) },
  );
  const text = (field: 'host' | 'user' | 'folder' | 'fileName' | 'database' | 'table' | 'port', help = false, label: string = field) => (
    <TextInput
      label={t(`handback:where.${label}`)}
      description={help ? t(`handback:where.${label}Help`) : undefined}
      value={draft[field]}
      onChange={(event) => set({ [field]: event.currentTarget.value })}
      {...(field === 'port' ? { inputMode: 'numeric', placeholder: t('handback:where.usual') } : { required: true })}
    />
  );
  const secret = (field: 'password' | 'passphrase') => (
    <PasswordInput
      label={t(`handback:where.${field}`)}
      placeholder={former?.secrets.includes(field) ? t('handback:where.kept') : undefined}
      value={draft[field]}
      autoComplete="new-password"
      onChange={(event) => set({ [field]: event.currentTarget.value })}
      visibilityToggleButtonProps={{ 'aria-label': t('handback:where.show') }}
    />
  );
  const file = (
    <>
      {text('folder', draft.kind === 'folder')}
      {text('fileName', true)}
      <Select
        label={t('handback:where.format')}
        value={draft.format}
        onChange={(format) => format && set({ format: format as Draft['format'] })}
        data={(['csv', 'jsonl', 'parquet'] as const).map((format) => ({ value: format, label: t(`handback:format.${format}`) }))}
      />
    </>
  );
  return (
    <Stack gap="lg" maw={640}>
      <Radio.Group
        label={t('handback:where.label')}
        value={draft.kind}
        onChange={(kind) => (set({ kind: kind as Draft['kind'] }), test.reset())}
      >
        <Stack gap="xs" mt="xs">
          {(['folder', 'sftp', 'database'] as const).map((kind) => (
            <Radio key={kind} value={kind} label={t(`handback:target.${kind}`)} description={t(`handback:target.${kind}Help`)} />
          ))}
        </Stack>
      </Radio.Group>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {draft.kind === 'folder' && file}
        {draft.kind === 'sftp' && (
          <>
            {text('host')}
            {text('port')}
            {text('user')}
            {secret('password')}
            <Textarea
              label={t('handback:where.privateKey')}
              description={t('handback:where.privateKeyHelp')}
              placeholder={former?.secrets.includes('privateKey') ? t('handback:where.kept') : undefined}
              value={draft.privateKey}
              onChange={(event) => set({ privateKey: event.currentTarget.value })}
              minRows={2}
              autosize
              maxRows={4}
            />
            {secret('passphrase')}
            {file}
          </>
        )}
        {draft.kind === 'database' && (
          <>
            <Select
              label={t('handback:where.engine')}
              value={draft.engine}
              onChange={(engine) => engine && set({ engine: engine as Draft['engine'] })}
              data={[
                { value: 'postgres', label: 'PostgreSQL' },
                { value: 'mysql', label: 'MySQL / MariaDB' },
              ]}
            />
            <Select
              label={t('handback:where.tls')}
              value={draft.tls}
              onChange={(tls) => tls && set({ tls: tls as Draft['tls'] })}
              data={(['verify', 'unchecked', 'off'] as const).map((tls) => ({ value: tls, label: t(`handback:tls.${tls}`) }))}
            />
            {text('host')}
            {text('port')}
            {text('database')}
            {text('table', true)}
            {text('user')}
            {secret('password')}
          </>
        )}
      </SimpleGrid>
      {draft.kind === 'database' && (
        <Radio.Group label={t('handback:where.write')} value={draft.write} onChange={(write) => set({ write: write as Draft['write'] })}>
          <Stack gap="xs" mt="xs">
            <Radio value="replace" label={t('handback:where.replace')} description={t('handback:where.replaceHelp')} />
            <Radio value="upsert" label={t('handback:where.upsert')} description={t('handback:where.upsertHelp')} />
          </Stack>
        </Radio.Group>
      )}
      <Group>
        <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
          {t('handback:where.test')}
        </Button>
      </Group>
      {test.data && (
        <Alert color={test.data.ok ? 'gray' : 'red'} variant="light" role="status">
          {test.data.ok
            ? t(test.data.hostKey ? 'handback:where.fineKey' : 'handback:where.fine', { key: test.data.hostKey })
            : test.data.message}
        </Alert>
      )}
    </Stack>
  );
}

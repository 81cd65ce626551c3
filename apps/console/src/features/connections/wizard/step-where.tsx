import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../../api/problem.ts';
import { useGet } from '../../../api/queries.ts';
import { ErrorNote } from '../../../ui/error-note.tsx';
import { Autocomplete, Button, Code, Group, NumberInput, Select, SimpleGrid, Stack, Text, TextInput } from '../../../ui/kit.ts';
import { Caution } from '../../imports/caution.tsx';
import { isDatabase } from '../schemas.ts';
import { HeaderFields } from './header-fields.tsx';
import { SecretInput } from './secret-input.tsx';
import { DEFAULT_PORT, missingFields } from './typed-settings.ts';
import type { ConnectionWizard } from './use-connection-wizard.ts';

interface StepWhereProps {
  wizard: ConnectionWizard;
  error: ApiError | null;
  /** «Siguiente» was pressed: say what is missing. */
  tried: boolean;
  /** The key an SFTP server shows, to be compared before anything is sent to it. */
  shownKey: string | undefined;
  onTrust: () => void;
}

/** Step 2: where it is and what opens it. */
export function StepWhere({ wizard, error, tried, shownKey, onTrust }: StepWhereProps) {
  const { t } = useTranslation();
  const { pull, settings } = wizard;
  const folders = useGet<{ items: string[] }>('/connections/folders', {}, { enabled: pull === 'folder' });
  if (!pull) return null;
  const missing = new Set(tried ? missingFields(pull, settings, 'where') : []);
  const field = (name: string, placeholder?: string) => ({
    label: t(`connections:field.${name}`),
    value: String(settings[name] ?? ''),
    placeholder,
    withAsterisk: true,
    error: missing.has(name) ? t('connections:wizard.fill') : undefined,
    onChange: (event: { currentTarget: { value: string } }) => wizard.type({ [name]: event.currentTarget.value }),
  });
  const serverFields = (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
      <TextInput {...field('host', 'erp.local')} description={t('connections:wizard.where.hostHelp')} />
      <NumberInput
        label={t('connections:field.port')}
        description={t('connections:wizard.where.portHelp')}
        placeholder={String(DEFAULT_PORT[pull])}
        min={1}
        max={65_535}
        allowDecimal={false}
        hideControls
        value={(settings.port as number | undefined) ?? ''}
        onChange={(value) => wizard.type({ port: value === '' ? undefined : Number(value) })}
      />
    </SimpleGrid>
  );

  return (
    <Stack gap="md" maw={680}>
      <ErrorNote error={error} />
      {isDatabase(pull) && (
        <>
          {serverFields}
          <TextInput {...field('database', 'tienda')} />
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
            <TextInput {...field('user')} description={t('connections:wizard.where.userHelp')} />
            <SecretInput wizard={wizard} name="password" label={t('connections:field.password')} help={t('connections:secret.help')} />
          </SimpleGrid>
          <Tls wizard={wizard} choices={['verify', 'unchecked', 'off']} />
        </>
      )}
      {pull === 'folder' && (
        <Autocomplete
          label={t('connections:field.folder')}
          description={t('connections:wizard.where.folderHelp')}
          withAsterisk
          data={folders.data?.items ?? []}
          placeholder={folders.data?.items[0]}
          value={String(settings.folder ?? '')}
          error={missing.has('folder') ? t('connections:wizard.fill') : undefined}
          onChange={(folder) => wizard.type({ folder })}
        />
      )}
      {pull === 'sftp' && (
        <>
          {serverFields}
          <TextInput {...field('user')} />
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
            <SecretInput
              wizard={wizard}
              name="password"
              label={t('connections:field.password')}
              help={t('connections:wizard.where.passwordOrKey')}
            />
            <SecretInput
              wizard={wizard}
              name="passphrase"
              label={t('connections:field.passphrase')}
              help={t('connections:wizard.where.passphraseHelp')}
            />
          </SimpleGrid>
          <SecretInput
            wizard={wizard}
            name="privateKey"
            label={t('connections:field.privateKey')}
            help={t('connections:secret.help')}
            long
          />
          <TextInput {...field('folder', '/salida')} />
          {shownKey && (
            <Caution title={t('connections:wizard.where.keyTitle')} alert>
              <Text size="sm">{t('connections:wizard.where.keyText')}</Text>
              <Group mt="xs" gap="sm">
                <Code>{shownKey}</Code>
                <Button size="xs" onClick={onTrust}>
                  {t('connections:wizard.where.trust')}
                </Button>
              </Group>
            </Caution>
          )}
        </>
      )}
      {pull === 'http' && (
        <>
          <TextInput {...field('url', 'https://erp.example.com/api/clientes')} description={t('connections:wizard.where.urlHelp')} />
          <SecretInput
            wizard={wizard}
            name="bearer"
            label={t('connections:field.bearer')}
            help={t('connections:wizard.where.bearerHelp')}
          />
          <HeaderFields wizard={wizard} />
          <Tls wizard={wizard} choices={['verify', 'unchecked']} />
        </>
      )}
    </Stack>
  );
}

function Tls({ wizard, choices }: { wizard: ConnectionWizard; choices: readonly string[] }) {
  const { t } = useTranslation();
  const value = String(wizard.settings.tls ?? 'verify');
  return (
    <div>
      <Select
        label={t('connections:field.tls')}
        allowDeselect={false}
        maw={330}
        value={value}
        data={choices.map((choice) => ({ value: choice, label: t(`connections:tls.${choice}`) }))}
        onChange={(tls) => tls && wizard.type({ tls })}
      />
      {value !== 'verify' && (
        <Text size="xs" c="var(--v-caution)" mt={4}>
          {t(`connections:wizard.where.tls.${value}`)}
        </Text>
      )}
    </div>
  );
}

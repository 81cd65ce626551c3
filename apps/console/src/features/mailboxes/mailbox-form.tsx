import type { MailboxTried, MailboxTry, NewMailbox } from '@vinculo/channels/api/mailboxes';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { ApiError } from '../../api/problem.ts';
import { useSend } from '../../api/queries.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconCheck } from '../../ui/icons.ts';
import {
  Alert,
  Autocomplete,
  Button,
  Collapse,
  Group,
  Modal,
  NumberInput,
  PasswordInput,
  Select,
  Stack,
  Switch,
  Textarea,
  TextInput,
} from '../../ui/kit.ts';
import { tell } from '../../ui/tell.tsx';
import { type Mailbox, MAILBOXES } from './mailboxes.tsx';

type Settings = Required<z.input<typeof NewMailbox>>;

const PORT = { tls: 993, starttls: 143, none: 143 } as const;
const MONTH_MS = 30 * 86_400_000;

const blank = (): Settings => ({
  name: '',
  host: '',
  port: 993,
  security: 'tls',
  certificate: '',
  username: '',
  password: '',
  folder: 'INBOX',
  after: 'seen',
  moveTo: '',
  since: new Date(Date.now() - MONTH_MS).toISOString().slice(0, 10),
  active: true,
});

/** A new mailbox, or a change of one there is; the connection can be tried before it is saved. */
export function MailboxForm({ mailbox, onClose }: { mailbox?: Mailbox | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [settings, setSettings] = useState<Settings>(() => (mailbox ? { ...blank(), ...settingsOf(mailbox) } : blank()));
  const [more, setMore] = useState(mailbox !== undefined);
  const [error, setError] = useState<ApiError>();
  const set = <Name extends keyof Settings>(name: Name, value: Settings[Name]) => {
    test.reset();
    setSettings((before) => ({ ...before, [name]: value }));
  };
  const text = (name: 'name' | 'host' | 'username' | 'folder' | 'moveTo' | 'since') => ({
    label: t(`channels:mailbox.${name}`),
    value: settings[name],
    error: error?.fields[name],
    onChange: (event: { currentTarget: { value: string } }) => set(name, event.currentTarget.value),
  });
  const { password, name, active, ...access } = settings;
  const test = useSend<void, z.infer<typeof MailboxTried>>(
    () => ({
      path: `${MAILBOXES}/try`,
      body: { ...access, ...(password ? { password } : {}), ...(mailbox ? { mailboxId: mailbox.id } : {}) } satisfies z.input<
        typeof MailboxTry
      >,
    }),
    { onError: setError },
  );
  const save = useSend<void, Mailbox>(
    () => {
      const body = { ...access, name: name.trim(), active, ...(password ? { password } : {}) };
      return mailbox ? { method: 'PATCH', path: `${MAILBOXES}/${mailbox.id}`, body } : { path: MAILBOXES, body };
    },
    {
      refreshes: [MAILBOXES],
      onError: setError,
      onDone: () => {
        tell(t(mailbox ? 'channels:mailbox.saved' : 'channels:mailbox.added'));
        onClose();
      },
    },
  );
  const complete =
    [name, settings.host, settings.username].every((value) => value.trim() !== '') && (mailbox !== undefined || password !== '');

  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={mailbox ? t('channels:mailbox.edit') : t('channels:mailbox.add')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setError(undefined);
          save.mutate();
        }}
      >
        <Stack gap="md">
          <ErrorNote error={error} />
          <TextInput {...text('name')} description={t('channels:mailbox.nameHelp')} required maxLength={100} data-autofocus />
          <Group grow align="flex-start">
            <TextInput {...text('host')} placeholder="imap.example.com" required maxLength={253} autoComplete="off" />
            <Select
              label={t('channels:mailbox.security')}
              value={settings.security}
              onChange={(next) => {
                const security = (next ?? 'tls') as Settings['security'];
                setSettings((before) => ({
                  ...before,
                  security,
                  port: before.port === PORT[before.security] ? PORT[security] : before.port,
                }));
                test.reset();
              }}
              data={(['tls', 'starttls', 'none'] as const).map((value) => ({ value, label: t(`channels:mailbox.securityOf.${value}`) }))}
            />
          </Group>
          <Group grow align="flex-start">
            <TextInput {...text('username')} required maxLength={300} autoComplete="off" />
            <PasswordInput
              label={t('channels:mailbox.password')}
              description={t(mailbox ? 'channels:mailbox.passwordKept' : 'channels:mailbox.passwordHelp')}
              required={!mailbox}
              value={password}
              error={error?.fields.password}
              autoComplete="new-password"
              visibilityToggleButtonProps={{ 'aria-label': t('channels:mailbox.password') }}
              onChange={(event) => set('password', event.currentTarget.value)}
            />
          </Group>
          <TextInput {...text('since')} type="date" description={t('channels:mailbox.sinceHelp')} required />
          <Button size="xs" variant="subtle" aria-expanded={more} style={{ alignSelf: 'flex-start' }} onClick={() => setMore(!more)}>
            {t('channels:mailbox.advanced')}
          </Button>
          <Collapse expanded={more}>
            <Stack gap="md">
              <Group grow align="flex-start">
                <NumberInput
                  label={t('channels:mailbox.port')}
                  min={1}
                  max={65_535}
                  allowDecimal={false}
                  hideControls
                  value={settings.port}
                  error={error?.fields.port}
                  onChange={(value) => set('port', Number(value) || PORT[settings.security])}
                />
                <Autocomplete
                  label={t('channels:mailbox.folder')}
                  data={test.data?.folders ?? []}
                  value={settings.folder}
                  error={error?.fields.folder}
                  onChange={(value) => set('folder', value)}
                />
              </Group>
              <Group grow align="flex-start">
                <Select
                  label={t('channels:mailbox.after')}
                  value={settings.after}
                  onChange={(next) => set('after', (next ?? 'seen') as Settings['after'])}
                  data={(['leave', 'seen', 'move'] as const).map((value) => ({ value, label: t(`channels:mailbox.afterOf.${value}`) }))}
                />
                {settings.after === 'move' && <TextInput {...text('moveTo')} required maxLength={300} />}
              </Group>
              <Textarea
                label={t('channels:mailbox.certificate')}
                description={t('channels:mailbox.certificateHelp')}
                autosize
                minRows={2}
                maxRows={6}
                value={settings.certificate}
                onChange={(event) => set('certificate', event.currentTarget.value)}
              />
              <Switch
                label={t('channels:mailbox.active')}
                checked={active}
                onChange={(event) => set('active', event.currentTarget.checked)}
              />
            </Stack>
          </Collapse>
          {test.data && (
            <Alert color="teal" variant="light" icon={<IconCheck size={18} />} role="status">
              {t('channels:mailbox.tried', { count: test.data.mails, shown: format.number(test.data.mails) })}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button
              variant="default"
              disabled={!complete}
              loading={test.isPending}
              onClick={() => {
                setError(undefined);
                test.mutate();
              }}
            >
              {t('channels:mailbox.try')}
            </Button>
            <Button type="submit" disabled={!complete} loading={save.isPending}>
              {t('common:save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function settingsOf({
  name,
  host,
  port,
  security,
  certificate,
  username,
  folder,
  after,
  moveTo,
  since,
  active,
}: Mailbox): Partial<Settings> {
  return { name, host, port, security, certificate, username, folder, after, moveTo, since, active };
}

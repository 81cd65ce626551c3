import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSend } from '../../api/queries.ts';
import type { ApiError } from '../../api/problem.ts';
import { refreshMe, useMe } from '../../app/session.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Button, Divider, Group, Modal, PasswordInput, Stack, Text, Title } from '../../ui/kit.ts';
import { tell } from '../../ui/tell.tsx';
import { NewPassword, SHORTEST_PASSWORD } from '../sign-in/new-password.tsx';
import { EnrolTwoFactor, SpareCodes } from './two-factor-enrolment.tsx';

export function Security() {
  return (
    <Stack gap="xl" maw={480}>
      <ChangePassword />
      <Divider />
      <TwoStep />
    </Stack>
  );
}

function ChangePassword() {
  const { t } = useTranslation();
  const [present, setPresent] = useState('');
  const [next, setNext] = useState('');
  const [error, setError] = useState<ApiError>();
  const change = useSend(
    () => ({ path: '/api/auth/change-password', body: { currentPassword: present, newPassword: next, revokeOtherSessions: true } }),
    {
      onDone: () => {
        setPresent('');
        setNext('');
        tell(t('people:account.passwordChanged'));
      },
      onError: setError,
    },
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setError(undefined);
        change.mutate();
      }}
    >
      <Stack gap="md">
        <Title order={2}>{t('people:account.changePassword')}</Title>
        <ErrorNote error={error} />
        <PasswordInput
          label={t('people:presentPassword')}
          autoComplete="current-password"
          required
          value={present}
          onChange={(event) => setPresent(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('people:showPassword') }}
        />
        <NewPassword label={t('people:newPassword')} value={next} onChange={setNext} error={error?.fields.newPassword} />
        <Text size="xs" c="dimmed">
          {t('people:account.otherSessions')}
        </Text>
        <Group>
          <Button type="submit" loading={change.isPending} disabled={present === '' || next.length < SHORTEST_PASSWORD}>
            {t('people:account.changePassword')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type Wish = 'enable' | 'disable' | 'codes';

function TwoStep() {
  const { t } = useTranslation();
  const { twoFactorEnabled } = useMe();
  const [wish, setWish] = useState<Wish>();
  return (
    <Stack gap="md">
      <Title order={2}>{t('people:twoFactor.name')}</Title>
      <Text size="sm">{t(twoFactorEnabled ? 'people:twoFactor.onLong' : 'people:twoFactor.offLong')}</Text>
      <Group gap="sm">
        {twoFactorEnabled ? (
          <>
            <Button variant="default" onClick={() => setWish('codes')}>
              {t('people:twoFactor.newCodes')}
            </Button>
            <Button variant="default" onClick={() => setWish('disable')}>
              {t('people:twoFactor.disable')}
            </Button>
          </>
        ) : (
          <Button onClick={() => setWish('enable')}>{t('people:twoFactor.enable')}</Button>
        )}
      </Group>
      <WithPassword wish={wish} onClose={() => setWish(undefined)} />
    </Stack>
  );
}

const PATHS: Record<Wish, string> = { enable: 'enable', disable: 'disable', codes: 'generate-backup-codes' };

/** Each of the three asks for the password once more: an open session on a shared machine is not enough. */
function WithPassword({ wish, onClose }: { wish: Wish | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const [answer, setAnswer] = useState<{ totpURI?: string; backupCodes?: string[] }>();
  const [error, setError] = useState<ApiError>();
  const close = () => {
    setPassword('');
    setAnswer(undefined);
    setError(undefined);
    onClose();
  };
  const send = useSend<Wish, { totpURI?: string; backupCodes?: string[] }>(
    (which) => ({ path: `/api/auth/two-factor/${PATHS[which]}`, body: { password } }),
    {
      onDone: (given, which) => {
        if (which === 'disable') {
          tell(t('people:twoFactor.disabled'));
          void refreshMe();
          close();
        } else setAnswer(given);
      },
      onError: setError,
    },
  );
  if (!wish) return null;

  return (
    <Modal
      opened
      onClose={close}
      title={t(`people:twoFactor.${wish === 'codes' ? 'newCodes' : wish}`)}
      size="md"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {answer?.totpURI ? (
        <EnrolTwoFactor uri={answer.totpURI} codes={answer.backupCodes ?? []} onDone={close} />
      ) : answer?.backupCodes ? (
        <SpareCodes codes={answer.backupCodes} onDone={close} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setError(undefined);
            send.mutate(wish);
          }}
        >
          <Stack gap="md">
            <ErrorNote error={error} />
            <PasswordInput
              label={t('people:presentPassword')}
              autoComplete="current-password"
              required
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
              data-autofocus
              visibilityToggleButtonProps={{ 'aria-label': t('people:showPassword') }}
            />
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                {t('common:cancel')}
              </Button>
              <Button type="submit" loading={send.isPending} disabled={password === ''}>
                {t('common:next')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

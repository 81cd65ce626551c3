import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSend } from '../../api/queries.ts';
import type { ApiError } from '../../api/problem.ts';
import { useWords } from '../../app/search.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Button, PasswordInput, Stack, TextInput } from '../../ui/kit.ts';
import { Link, useGo } from '../../ui/link.tsx';
import { useComeIn } from './come-in.ts';
import { Gate } from './gate.tsx';

export default function SignIn() {
  const { t } = useTranslation();
  const [{ back }] = useWords<{ back?: string }>();
  const go = useGo();
  const comeIn = useComeIn();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [error, setError] = useState<ApiError>();

  const signIn = useSend<void, { twoFactorRedirect?: boolean }>(
    () => ({ path: '/api/auth/sign-in/email', body: { email: email.trim(), password } }),
    {
      onDone: ({ twoFactorRedirect }) => {
        if (twoFactorRedirect) void go({ to: '/two-factor', search: { back } });
        else void comeIn(back);
      },
      onError: setError,
    },
  );

  return (
    <Gate title={t('people:signIn.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setError(undefined);
          signIn.mutate();
        }}
      >
        <Stack gap="md">
          <ErrorNote error={error} />
          <TextInput
            label={t('people:email')}
            type="email"
            name="email"
            autoComplete="username"
            required
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('people:password')}
            name="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': t('people:showPassword') }}
          />
          <Button type="submit" fullWidth loading={signIn.isPending}>
            {t('people:signIn.action')}
          </Button>
          <Link to="/forgotten-password" size="sm" ta="center">
            {t('people:signIn.forgotten')}
          </Link>
        </Stack>
      </form>
    </Gate>
  );
}

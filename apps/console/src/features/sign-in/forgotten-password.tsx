import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSend } from '../../api/queries.ts';
import type { ApiError } from '../../api/problem.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Button, Stack, Text, TextInput } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { Gate } from './gate.tsx';

export default function ForgottenPassword() {
  const { t } = useTranslation();
  const [email, setEmail] = useState('');
  const [error, setError] = useState<ApiError>();
  const ask = useSend(() => ({ path: '/api/auth/request-password-reset', body: { email: email.trim() } }), { onError: setError });

  return (
    <Gate title={t('people:forgotten.title')} lead={ask.isSuccess ? undefined : t('people:forgotten.lead')}>
      {ask.isSuccess ? (
        // The same words whether the address is known or not.
        <Text size="sm" role="status">
          {t('people:forgotten.sent', { email: email.trim() })}
        </Text>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setError(undefined);
            ask.mutate();
          }}
        >
          <Stack gap="md">
            <ErrorNote error={error} />
            <TextInput
              label={t('people:email')}
              type="email"
              autoComplete="username"
              required
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <Button type="submit" loading={ask.isPending}>
              {t('people:forgotten.action')}
            </Button>
          </Stack>
        </form>
      )}
      <Link to="/sign-in" size="sm" ta="center">
        {t('people:backToSignIn')}
      </Link>
    </Gate>
  );
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSend } from '../../api/queries.ts';
import type { ApiError } from '../../api/problem.ts';
import { useWords } from '../../app/search.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Button, Stack } from '../../ui/kit.ts';
import { Link, useGo } from '../../ui/link.tsx';
import { tell } from '../../ui/tell.tsx';
import { Gate } from './gate.tsx';
import { NewPassword, SHORTEST_PASSWORD } from './new-password.tsx';

export default function ResetPassword() {
  const { t } = useTranslation();
  const [{ token = '' }] = useWords<{ token?: string }>();
  const go = useGo();
  const [password, setPassword] = useState('');
  const [error, setError] = useState<ApiError>();
  const reset = useSend(() => ({ path: '/api/auth/reset-password', body: { token, newPassword: password } }), {
    onDone: () => {
      tell(t('people:reset.done'));
      void go({ to: '/sign-in' });
    },
    onError: setError,
  });

  return (
    <Gate title={t('people:reset.title')} lead={t('people:reset.lead')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setError(undefined);
          reset.mutate();
        }}
      >
        <Stack gap="md">
          <ErrorNote error={error} />
          <NewPassword label={t('people:newPassword')} value={password} onChange={setPassword} error={error?.fields.newPassword} />
          <Button type="submit" loading={reset.isPending} disabled={password.length < SHORTEST_PASSWORD}>
            {t('people:reset.action')}
          </Button>
          <Link to="/forgotten-password" size="sm" ta="center">
            {t('people:reset.another')}
          </Link>
        </Stack>
      </form>
    </Gate>
  );
}

import type { invitationFace } from '@vinculo/access/api';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { type ApiError, call } from '../../api/client.ts';
import { useSend } from '../../api/queries.ts';
import { currentLanguage } from '../../app/language.ts';
import { useWords } from '../../app/search.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Button, Stack, TextInput } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import { useComeIn } from './come-in.ts';
import { Gate } from './gate.tsx';
import { NewPassword, SHORTEST_PASSWORD } from './new-password.tsx';

type Face = z.infer<typeof invitationFace>;

/** An invitation opened from the mail: one's name, a password, and in. */
export default function Invitation() {
  const { t } = useTranslation();
  const [{ token = '' }] = useWords<{ token?: string }>();
  // The token goes in the body, so that it stays out of every log of addresses.
  const face = useQuery<Face, ApiError>({
    queryKey: ['/people/invitations/look', token],
    queryFn: () => call({ method: 'POST', path: '/people/invitations/look', body: { token } }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (face.isPending) {
    return (
      <Gate title={t('people:invited.title')}>
        <RowSkeletons rows={4} />
      </Gate>
    );
  }
  if (face.error) {
    return (
      <Gate title={t('people:invited.title')}>
        <ErrorNote error={face.error} />
        <Link to="/sign-in" size="sm" ta="center">
          {t('people:backToSignIn')}
        </Link>
      </Gate>
    );
  }
  return <Accept token={token} face={face.data} />;
}

function Accept({ token, face }: { token: string; face: Face }) {
  const { t } = useTranslation();
  const comeIn = useComeIn();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [error, setError] = useState<ApiError>();
  const accept = useSend(
    () => ({ path: '/people/invitations/accept', body: { token, name: name.trim(), password, language: currentLanguage() } }),
    {
      onDone: () => void comeIn(),
      onError: setError,
    },
  );
  const lead = t(face.invitedBy ? 'people:invited.leadBy' : 'people:invited.lead', {
    company: face.company,
    role: t(`access:role.${face.role}`),
    name: face.invitedBy,
  });

  return (
    <Gate title={t('people:invited.title')} lead={lead}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setError(undefined);
          accept.mutate();
        }}
      >
        <Stack gap="md">
          <ErrorNote error={error} />
          <TextInput label={t('people:email')} value={face.email} readOnly autoComplete="username" />
          <TextInput
            label={t('people:yourName')}
            autoComplete="name"
            required
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={error?.fields.name}
          />
          <NewPassword label={t('people:newPassword')} value={password} onChange={setPassword} error={error?.fields.password} />
          <Button type="submit" loading={accept.isPending} disabled={name.trim() === '' || password.length < SHORTEST_PASSWORD}>
            {t('people:invited.action')}
          </Button>
        </Stack>
      </form>
    </Gate>
  );
}

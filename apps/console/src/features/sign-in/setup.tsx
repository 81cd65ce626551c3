import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSend } from '../../api/queries.ts';
import type { ApiError } from '../../api/problem.ts';
import { currentLanguage } from '../../app/language.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Button, Stack, TextInput } from '../../ui/kit.ts';
import { useComeIn } from './come-in.ts';
import { Gate } from './gate.tsx';
import { NewPassword, SHORTEST_PASSWORD } from './new-password.tsx';

/** The first run: whoever comes first makes the owner. */
export default function Setup() {
  const { t } = useTranslation();
  const comeIn = useComeIn();
  const [company, setCompany] = useState('');
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [error, setError] = useState<ApiError>();
  const create = useSend(
    () => ({
      path: '/setup',
      body: { companyName: company.trim(), name: name.trim(), email: email.trim(), password, language: currentLanguage() },
    }),
    { onDone: () => void comeIn(), onError: setError },
  );

  return (
    <Gate title={t('people:setup.title')} lead={t('people:setup.lead')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setError(undefined);
          create.mutate();
        }}
      >
        <Stack gap="md">
          <ErrorNote error={error} />
          <TextInput
            label={t('people:setup.company')}
            autoComplete="organization"
            maxLength={120}
            value={company}
            onChange={(event) => setCompany(event.currentTarget.value)}
            error={error?.fields.companyName}
          />
          <TextInput
            label={t('people:yourName')}
            autoComplete="name"
            required
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={error?.fields.name}
          />
          <TextInput
            label={t('people:email')}
            type="email"
            autoComplete="username"
            required
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            error={error?.fields.email}
          />
          <NewPassword label={t('people:newPassword')} value={password} onChange={setPassword} error={error?.fields.password} />
          <Button type="submit" loading={create.isPending} disabled={!name.trim() || !email.trim() || password.length < SHORTEST_PASSWORD}>
            {t('people:setup.action')}
          </Button>
        </Stack>
      </form>
    </Gate>
  );
}

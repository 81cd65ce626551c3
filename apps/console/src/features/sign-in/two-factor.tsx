import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSend } from '../../api/queries.ts';
import type { ApiError } from '../../api/problem.ts';
import { useWords } from '../../app/search.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Anchor, Button, Checkbox, Group, PinInput, Stack, TextInput } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { useComeIn } from './come-in.ts';
import { Gate } from './gate.tsx';

const DIGITS = 6;

/** The second step: the code of the app, or one of the backup codes. */
export default function TwoFactor() {
  const { t } = useTranslation();
  const [{ back }] = useWords<{ back?: string }>();
  const comeIn = useComeIn();
  const [spare, setSpare] = useState(false);
  const [code, setCode] = useState('');
  const [trust, setTrust] = useState(false);
  const [error, setError] = useState<ApiError>();
  const verify = useSend<string>(
    (code) => ({ path: `/api/auth/two-factor/${spare ? 'verify-backup-code' : 'verify-totp'}`, body: { code, trustDevice: trust } }),
    {
      onDone: () => void comeIn(back),
      onError: (wrong) => {
        setError(wrong);
        setCode('');
      },
    },
  );
  const send = (typed: string) => {
    setError(undefined);
    verify.mutate(typed.trim());
  };

  return (
    <Gate title={t('people:twoFactor.title')} lead={t(spare ? 'people:twoFactor.leadSpare' : 'people:twoFactor.lead')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send(code);
        }}
      >
        <Stack gap="md">
          <ErrorNote error={error} />
          {spare ? (
            <TextInput
              label={t('people:twoFactor.spare')}
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
              autoComplete="one-time-code"
              required
            />
          ) : (
            <Group justify="center" role="group" aria-label={t('people:twoFactor.code')}>
              <PinInput
                length={DIGITS}
                type="number"
                oneTimeCode
                value={code}
                onChange={setCode}
                onComplete={send}
                getInputProps={(index) => ({ 'aria-label': t('people:twoFactor.digit', { place: index + 1, digits: DIGITS }) })}
                size="md"
              />
            </Group>
          )}
          <Checkbox label={t('people:twoFactor.trust')} checked={trust} onChange={(event) => setTrust(event.currentTarget.checked)} />
          <Button type="submit" fullWidth loading={verify.isPending} disabled={spare ? code.trim() === '' : code.length < DIGITS}>
            {t('people:twoFactor.action')}
          </Button>
          <Group justify="space-between">
            <Anchor
              component="button"
              type="button"
              size="sm"
              onClick={() => {
                setSpare(!spare);
                setCode('');
              }}
            >
              {t(spare ? 'people:twoFactor.useApp' : 'people:twoFactor.useSpare')}
            </Anchor>
            <Link to="/sign-in" size="sm">
              {t('people:backToSignIn')}
            </Link>
          </Group>
        </Stack>
      </form>
    </Gate>
  );
}

import { QRCodeSVG } from 'qrcode.react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSend } from '../../api/queries.ts';
import type { ApiError } from '../../api/problem.ts';
import { refreshMe } from '../../app/session.ts';
import { CopyText } from '../../ui/copy-text.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Button, Center, Code, Group, PinInput, SimpleGrid, Stack, Text } from '../../ui/kit.ts';
import { tell } from '../../ui/tell.tsx';

const DIGITS = 6;

/** Scan, type a code to prove that it worked, keep the spare codes. */
export function EnrolTwoFactor({ uri, codes, onDone }: { uri: string; codes: string[]; onDone: () => void }) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const [error, setError] = useState<ApiError>();
  const verify = useSend<string>((typed) => ({ path: '/api/auth/two-factor/verify-totp', body: { code: typed } }), {
    onDone: () => {
      tell(t('people:twoFactor.enabled'));
      void refreshMe();
    },
    onError: (wrong) => {
      setError(wrong);
      setCode('');
    },
  });
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  if (verify.isSuccess) return <SpareCodes codes={codes} onDone={onDone} />;

  return (
    <Stack gap="md">
      <Text size="sm">{t('people:twoFactor.scan')}</Text>
      <Center bg="#fff" p="md" style={{ borderRadius: 8 }}>
        <QRCodeSVG value={uri} size={176} title={t('people:twoFactor.qr')} />
      </Center>
      <Text size="sm">{t('people:twoFactor.cannotScan')}</Text>
      <CopyText text={secret} />
      <Text size="sm">{t('people:twoFactor.prove')}</Text>
      <ErrorNote error={error} />
      <Group justify="center" role="group" aria-label={t('people:twoFactor.code')}>
        <PinInput
          length={DIGITS}
          type="number"
          oneTimeCode
          value={code}
          onChange={setCode}
          onComplete={(typed) => {
            setError(undefined);
            verify.mutate(typed);
          }}
          getInputProps={(index) => ({ 'aria-label': t('people:twoFactor.digit', { place: index + 1, digits: DIGITS }) })}
        />
      </Group>
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          {t('common:cancel')}
        </Button>
        <Button loading={verify.isPending} disabled={code.length < DIGITS} onClick={() => verify.mutate(code)}>
          {t('people:twoFactor.enable')}
        </Button>
      </Group>
    </Stack>
  );
}

/** Ten codes for the day the telephone is lost; each works once. */
export function SpareCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <Text size="sm">{t('people:twoFactor.keepCodes')}</Text>
      <SimpleGrid cols={2} spacing="sm">
        {codes.map((code) => (
          <Code key={code} fz="sm" ta="center">
            {code}
          </Code>
        ))}
      </SimpleGrid>
      <CopyText text={codes.join('\n')} label={t('people:twoFactor.copyCodes')} />
      <Group justify="flex-end">
        <Button onClick={onDone}>{t('people:twoFactor.kept')}</Button>
      </Group>
    </Stack>
  );
}

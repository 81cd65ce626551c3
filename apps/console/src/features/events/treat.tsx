import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/problem.ts';
import { useGet, useSend } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { Button, Group, NumberInput, Radio, Stack, Switch, Text, TextInput } from '../../ui/kit.ts';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { tell } from '../../ui/tell.tsx';
import type { Treatment } from './schemas.ts';

/** Consent and devices: when a visit may be tied to a person. */
export function Treat({ source }: { source: string }) {
  const { data, error, refetch } = useGet<Treatment>(`/sources/${source}/event-settings`);
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!data) return <BlockSkeleton height={320} />;
  return <Form key={data.updatedAt ?? ''} source={source} treatment={data} />;
}

function Form({ source, treatment }: { source: string; treatment: Treatment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan()('source.write');
  const [consent, setConsent] = useState(treatment.consent);
  const [consentCategory, setCategory] = useState(treatment.consentCategory);
  const [devicePeople, setPeople] = useState(treatment.devicePeople);
  const [recognise, setRecognise] = useState(treatment.recognise);
  const [error, setError] = useState<ApiError>();
  const save = useSend<object, Treatment>((body) => ({ method: 'PATCH', path: `/sources/${source}/event-settings`, body }), {
    refreshes: [`/sources/${source}`],
    onError: setError,
    onDone: () => tell(t('common:saved')),
  });
  const changed =
    consent !== treatment.consent ||
    consentCategory !== treatment.consentCategory ||
    devicePeople !== treatment.devicePeople ||
    recognise !== treatment.recognise;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setError(undefined);
        save.mutate({ consent, consentCategory: consentCategory.trim(), devicePeople, recognise });
      }}
    >
      <Stack gap="xl" maw={620}>
        <ErrorNote error={error} />
        <Radio.Group
          label={t('events:treat.consent')}
          description={t('events:treat.consentHelp')}
          value={consent}
          onChange={(next) => setConsent(next as Treatment['consent'])}
        >
          <Stack gap="sm" mt="sm">
            {(['given', 'not_refused'] as const).map((one) => (
              <Radio key={one} value={one} label={t(`events:treat.${one}`)} description={t(`events:treat.${one}Help`)} disabled={!can} />
            ))}
          </Stack>
        </Radio.Group>
        <TextInput
          label={t('events:treat.category')}
          description={t('events:treat.categoryHelp')}
          value={consentCategory}
          maxLength={60}
          disabled={!can}
          onChange={(event) => setCategory(event.currentTarget.value)}
          error={error?.fields.consentCategory}
          maw={320}
        />
        <NumberInput
          label={t('events:treat.people')}
          description={t('events:treat.peopleHelp')}
          value={devicePeople}
          min={1}
          max={100}
          allowDecimal={false}
          disabled={!can}
          onChange={(next) => typeof next === 'number' && setPeople(next)}
          error={error?.fields.devicePeople}
          maw={320}
        />
        <Switch
          label={t('snippet:recognise')}
          description={t('snippet:recogniseHelp')}
          checked={recognise}
          disabled={!can}
          onChange={(event) => setRecognise(event.currentTarget.checked)}
        />
        <Text size="sm" c="dimmed">
          {t('events:treat.from')}{' '}
          {treatment.updatedAt &&
            t('events:treat.changed', { name: treatment.updatedBy ?? '', when: format.dateTime(treatment.updatedAt) })}
        </Text>
        {can && (
          <Group>
            <Button type="submit" disabled={!changed} loading={save.isPending}>
              {t('common:save')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

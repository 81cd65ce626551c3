import type { CompanySettings } from '@vinculo/http/api';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/problem.ts';
import { useGet, useSend } from '../../api/queries.ts';
import { refreshMe, useCan } from '../../app/session.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Button, Group, Select, Stack, TextInput } from '../../ui/kit.ts';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import { tell } from '../../ui/tell.tsx';

export function Company() {
  const { data, error, refetch } = useGet<CompanySettings>('/settings');
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!data) return <RowSkeletons rows={5} height={32} />;
  return <CompanyForm key={JSON.stringify(data)} settings={data} />;
}

function CompanyForm({ settings }: { settings: CompanySettings }) {
  const { t, i18n } = useTranslation();
  const can = useCan()('settings.write');
  const [form, setForm] = useState(settings);
  const [error, setError] = useState<ApiError>();
  const put = (change: Partial<CompanySettings>) => setForm((before) => ({ ...before, ...change }));
  const changed = (Object.keys(form) as (keyof CompanySettings)[]).some((key) => form[key] !== settings[key]);
  const save = useSend<CompanySettings, CompanySettings>((body) => ({ method: 'PUT', path: '/settings', body }), {
    refreshes: ['/settings', '/home', '/value', '/customers'],
    onDone: () => {
      tell(t('common:saved'));
      void refreshMe();
    },
    onError: setError,
  });
  const names = useNames(i18n.language);

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setError(undefined);
        save.mutate(form);
      }}
    >
      <Stack gap="md" maw={460}>
        <ErrorNote error={error} />
        <TextInput
          label={t('settings:companyName')}
          value={form.companyName}
          maxLength={120}
          disabled={!can}
          onChange={(event) => put({ companyName: event.currentTarget.value })}
          error={error?.fields.companyName}
        />
        <Select
          label={t('settings:timeZone')}
          description={t('settings:timeZoneHelp')}
          searchable
          limit={60}
          disabled={!can}
          value={form.timeZone}
          data={names.zones}
          onChange={(timeZone) => timeZone && put({ timeZone })}
          error={error?.fields.timeZone}
        />
        <Select
          label={t('settings:currency')}
          description={t('settings:currencyHelp')}
          searchable
          limit={60}
          disabled={!can}
          value={form.currency}
          data={names.currencies}
          onChange={(currency) => currency && put({ currency })}
          error={error?.fields.currency}
        />
        <Select
          label={t('settings:country')}
          description={t('settings:countryHelp')}
          searchable
          limit={60}
          disabled={!can}
          value={form.country}
          data={names.countries}
          onChange={(country) => country && put({ country })}
          error={error?.fields.country}
        />
        <Select
          label={t('settings:language')}
          description={t('settings:languageHelp')}
          disabled={!can}
          value={form.language}
          data={(['es', 'en'] as const).map((language) => ({ value: language, label: t(`common:language.${language}`) }))}
          onChange={(language) => language && put({ language: language as CompanySettings['language'] })}
        />
        {can && (
          <Group>
            <Button type="submit" loading={save.isPending} disabled={!changed}>
              {t('common:save')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

/** Where the product speaks the language first, then the rest of the world. */
const COUNTRIES =
  'ES MX CO AR PE CL EC UY PY BO CR PA GT HN SV NI DO PR VE CU US PT FR IT DE GB IE AD BE NL LU CH AT SE NO DK FI PL CZ BR CA MA'.split(
    ' ',
  );

/** Zones, currencies and countries by their names in the reader's language. */
export function useNames(language: string) {
  return useMemo(() => {
    const sorted = (items: { value: string; label: string }[]) => items.toSorted((a, b) => a.label.localeCompare(b.label, language));
    const currency = new Intl.DisplayNames(language, { type: 'currency' });
    const region = new Intl.DisplayNames(language, { type: 'region' });
    return {
      zones: ['UTC', ...Intl.supportedValuesOf('timeZone')].map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') })),
      currencies: sorted(Intl.supportedValuesOf('currency').map((code) => ({ value: code, label: `${currency.of(code)} (${code})` }))),
      countries: sorted(COUNTRIES.map((code) => ({ value: code, label: region.of(code) ?? code }))),
    };
  }, [language]);
}

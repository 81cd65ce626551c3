import { useTranslation } from 'react-i18next';
import { useCompany } from '../../../app/company.ts';
import { useCan } from '../../../app/session.ts';
import { Select, SimpleGrid, Stack, TextInput } from '../../../ui/kit.ts';
import { Caution } from '../caution.tsx';
import { useCountries } from '../../sources/countries.ts';
import type { Wizard } from './use-wizard.ts';

export interface NewSourceDraft {
  label: string;
  country: string;
}

interface SourceChoiceProps {
  wizard: Pick<Wizard, 'sources' | 'source'> & { put: (next: { sourceId: string }) => void };
  newSource: NewSourceDraft | undefined;
  onNewSource: (source: NewSourceDraft | undefined) => void;
  tried: boolean;
}

const NEW = 'new';

/** The source a file comes from: one there is, or a new one, made when going on. */
export function SourceChoice({ wizard, newSource, onNewSource, tried }: SourceChoiceProps) {
  const { t } = useTranslation();
  const can = useCan()('source.write');
  const company = useCompany();
  const countries = useCountries();
  const { sources, source } = wizard;
  if (sources.length === 0 && !can) return <Caution title={t('wizard:source.nobodyTitle')}>{t('wizard:source.nobody')}</Caution>;

  return (
    <Stack gap="md">
      {sources.length > 0 && (
        <Select
          label={t('wizard:source.label')}
          description={t('wizard:source.help')}
          placeholder={t('wizard:source.placeholder')}
          withAsterisk
          searchable
          maw={420}
          value={newSource ? NEW : (source?.id ?? null)}
          data={[
            ...(can ? [{ value: NEW, label: t('wizard:source.new') }] : []),
            ...sources.map(({ id, label }) => ({ value: id, label })),
          ]}
          onChange={(next) => {
            if (next === NEW) onNewSource({ label: '', country: company.country });
            else if (next) {
              onNewSource(undefined);
              wizard.put({ sourceId: next });
            }
          }}
          error={tried && !source && !newSource ? t('wizard:source.choose') : undefined}
        />
      )}
      {newSource && (
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" maw={640}>
          <TextInput
            label={t(sources.length === 0 ? 'wizard:source.label' : 'wizard:source.name')}
            description={t('sources:form.labelHelp')}
            withAsterisk
            maxLength={80}
            value={newSource.label}
            onChange={(event) => onNewSource({ ...newSource, label: event.currentTarget.value })}
            error={tried && newSource.label.trim() === '' ? t('wizard:source.nameIt') : undefined}
          />
          <Select
            label={t('sources:form.country')}
            description={t('sources:form.countryHelp')}
            searchable
            value={newSource.country}
            data={countries.options}
            onChange={(country) => country && onNewSource({ ...newSource, country })}
          />
        </SimpleGrid>
      )}
    </Stack>
  );
}

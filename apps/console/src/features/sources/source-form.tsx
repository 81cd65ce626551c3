import type { NewSource, SourceChange } from '@vinculo/customer-file/api/imports';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { ApiError } from '../../api/problem.ts';
import { useSend } from '../../api/queries.ts';
import { useCompany } from '../../app/company.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Button, Group, Modal, Select, Stack, TextInput } from '../../ui/kit.ts';
import { tell } from '../../ui/tell.tsx';
import { useCountries } from './countries.ts';
import { sourceName } from './source-name.ts';
import { TrustField } from './trust-field.tsx';
import type { Source } from './use-sources.ts';

interface SourceFormProps {
  opened: boolean;
  onClose: () => void;
  /** The source to change; without it, a new one. */
  source?: Source | undefined;
  sources: readonly Source[];
}

/** A new source, or a change of one there is. */
export function SourceForm({ opened, onClose, source, sources }: SourceFormProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={source ? t('sources:form.edit', { name: source.label }) : t('sources:new')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Fields key={source?.id ?? 'new'} source={source} sources={sources} onClose={onClose} />
    </Modal>
  );
}

function Fields({ source, sources, onClose }: Omit<SourceFormProps, 'opened'>) {
  const { t } = useTranslation();
  const company = useCompany();
  const countries = useCountries();
  const [label, setLabel] = useState(source?.label ?? '');
  const [country, setCountry] = useState(source?.country ?? company.country);
  const [trust, setTrust] = useState(source?.trust ?? 50);
  const [error, setError] = useState<ApiError>();
  const done = (said: string) => ({
    // A change of trust may change which value wins in every customer.
    refreshes: ['/sources', '/customers'],
    onError: setError,
    onDone: () => {
      tell(said);
      onClose();
    },
  });
  const create = useSend<z.input<typeof NewSource>, Source>(
    (body) => ({ path: '/sources', body }),
    done(t('sources:created', { name: label.trim() })),
  );
  const change = useSend<z.input<typeof SourceChange>, Source>(
    (body) => ({ method: 'PATCH', path: `/sources/${source?.id}`, body }),
    done(t('common:saved')),
  );
  const body = { label: label.trim(), country, trust };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setError(undefined);
        if (source) change.mutate(body);
        else
          create.mutate({
            ...body,
            name: sourceName(
              label,
              sources.map(({ name }) => name),
            ),
          });
      }}
    >
      <Stack gap="lg">
        <ErrorNote error={error} />
        <TextInput
          label={t('sources:form.label')}
          description={t('sources:form.labelHelp')}
          required
          maxLength={80}
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
          error={error?.fields.label}
          data-autofocus
        />
        <Select
          label={t('sources:form.country')}
          description={t('sources:form.countryHelp')}
          searchable
          value={country}
          data={countries.options}
          onChange={(next) => next && setCountry(next)}
          error={error?.fields.country}
        />
        <TrustField
          value={trust}
          onChange={setTrust}
          label={label}
          others={sources.filter(({ id }) => id !== source?.id)}
          error={error?.fields.trust}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={create.isPending || change.isPending} disabled={label.trim() === ''}>
            {t(source ? 'common:save' : 'sources:form.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

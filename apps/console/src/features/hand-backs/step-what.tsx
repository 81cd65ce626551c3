import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/queries.ts';
import { Alert, Checkbox, Fieldset, SimpleGrid, Stack, Text } from '../../ui/kit.ts';
import type { Draft } from './draft.ts';
import { useFieldWords } from './field-words.ts';
import type { HandBackField } from './schemas.ts';

const GROUPS = ['contact', 'key', 'score'] as const;

/** The columns on the other side. The customer's id always goes along. */
export function StepWhat({ draft, set }: { draft: Draft; set: (part: Partial<Draft>) => void }) {
  const { t } = useTranslation();
  const words = useFieldWords();
  const { data } = useGet<{ items: HandBackField[] }>('/hand-backs/fields');
  const fields = data?.items ?? [];
  const toggle = (id: string, on: boolean) => set({ fields: on ? [...draft.fields, id] : draft.fields.filter((one) => one !== id) });
  return (
    <Stack gap="lg">
      <Text size="sm">{t('handback:what.text')}</Text>
      {fields.some(({ allowed }) => !allowed) && (
        <Alert variant="light" color="gray" role="note">
          {t('handback:what.denied')}
        </Alert>
      )}
      {GROUPS.map((group) => {
        const own = fields.filter((field) => field.group === group);
        return own.length === 0 ? null : (
          <Fieldset key={group} legend={t(`handback:what.group.${group}`)}>
            <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="xs">
              {own.map((field) => (
                <Checkbox
                  key={field.id}
                  label={words(field)}
                  description={<span lang="zxx">{field.column}</span>}
                  disabled={!field.allowed}
                  checked={draft.fields.includes(field.id)}
                  onChange={(event) => toggle(field.id, event.currentTarget.checked)}
                />
              ))}
            </SimpleGrid>
          </Fieldset>
        );
      })}
    </Stack>
  );
}

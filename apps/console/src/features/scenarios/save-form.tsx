import type { Scenario } from '@vinculo/insight/api/scenarios';
import type { ScenarioLevers } from '@vinculo/value';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { ApiError } from '../../api/problem.ts';
import { useSend } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Button, Group, Stack, TextInput } from '../../ui/kit.ts';
import { tell } from '../../ui/tell.tsx';
import type { ScenariosSearch } from './search.ts';

type Kept = z.infer<typeof Scenario>;

/** Keeps what the levers say: under a new name, or in the place of the scenario that was opened. */
export function SaveForm({ levers, opened }: { levers: ScenarioLevers; opened: Kept | undefined }) {
  const { t } = useTranslation();
  const [words, change] = useWords<ScenariosSearch>();
  const [name, setName] = useState(opened?.name ?? '');
  const [error, setError] = useState<ApiError>();
  const body = { name: name.trim(), segment: words.segment ?? null, levers };
  const again = opened !== undefined && opened.name.toLowerCase() === body.name.toLowerCase();
  const save = useSend<void, Kept>(
    () => (again ? { method: 'PUT', path: `/scenarios/${opened.id}`, body } : { path: '/scenarios', body }),
    {
      refreshes: ['/scenarios'],
      onDone: (kept) => {
        setError(undefined);
        tell(t('scenarios:savedAs', { name: kept.name }));
        change({ id: kept.id }, { replace: true });
      },
      onError: setError,
    },
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack gap="xs">
        <ErrorNote error={error} />
        <Group align="end" gap="sm">
          <TextInput
            flex={1}
            label={t('scenarios:saveAs')}
            placeholder={t('scenarios:example')}
            value={name}
            maxLength={120}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={save.isPending} disabled={body.name === ''}>
            {t(again ? 'scenarios:saveAgain' : 'common:save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

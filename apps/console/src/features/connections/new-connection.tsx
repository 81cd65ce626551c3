import type { HostKey, TableList } from '@vinculo/connections/api/pulls';
import type { NewSource } from '@vinculo/customer-file/api/imports';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { ApiError } from '../../api/problem.ts';
import { queryClient, useSend } from '../../api/queries.ts';
import { useCompany } from '../../app/company.ts';
import { useCan, useMe } from '../../app/session.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Stack, Text } from '../../ui/kit.ts';
import { useGo } from '../../ui/link.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { tell } from '../../ui/tell.tsx';
import { WizardPage } from '../../ui/wizard-page.tsx';
import { useImportWords } from '../imports/import-words.ts';
import { asMapping } from '../imports/mapping.ts';
import { RowPreview } from '../imports/wizard/row-preview.tsx';
import type { NewSourceDraft } from '../imports/wizard/source-choice.tsx';
import { MAPPING_TOP } from '../imports/wizard/step-columns.tsx';
import { OWN } from '../imports/wizard/use-wizard.ts';
import { sourceName } from '../sources/source-name.ts';
import type { Source } from '../sources/use-sources.ts';
import { type ConnectionDetail, isDatabase, type Trial } from './schemas.ts';
import { type Step, STEPS } from './search.ts';
import { StepColumns } from './wizard/step-columns.tsx';
import { StepKind } from './wizard/step-kind.tsx';
import { StepStart } from './wizard/step-start.tsx';
import { StepWhat } from './wizard/step-what.tsx';
import { proposedName, StepWhen } from './wizard/step-when.tsx';
import { StepWhere } from './wizard/step-where.tsx';
import { TrialRows } from './wizard/trial-rows.tsx';
import { asSettings, missingFields } from './wizard/typed-settings.ts';
import { useConnectionWizard } from './wizard/use-connection-wizard.ts';

type Tables = z.infer<typeof TableList>['items'];

/** From another system to customers that keep themselves up to date: what it is, where, which rows, what they mean, when, and go. */
export default function NewConnection() {
  const { t } = useTranslation();
  const company = useCompany();
  const can = useCan();
  const me = useMe();
  const go = useGo();
  const words = useImportWords();
  const wizard = useConnectionWizard();
  const { step, pull, settings, source, sources, kind, edit, draft } = wizard;
  const [tried, setTried] = useState<Step>();
  const [error, setError] = useState<ApiError | null>(null);
  const [tables, setTables] = useState<Tables>([]);
  const [shownKey, setShownKey] = useState<string>();
  const [waiting, setWaiting] = useState(false);
  const [typed, setTyped] = useState<NewSourceDraft>();
  const newSource = typed ?? (!source && sources.length === 0 && can('source.write') ? { label: '', country: company.country } : undefined);
  const name = (draft.name ?? proposedName(wizard, words.kind)).trim();

  const next = (to: Step) => {
    setError(null);
    setTried(undefined);
    wizard.go(to);
  };
  const request = () => ({ ...(edit ? { id: edit } : {}), settings: asSettings(pull!, settings), secrets: wizard.secrets });
  const failed = { onError: (problem: ApiError) => setError(problem) };
  const open = useSend<void, { items: Tables }>(() => ({ path: '/connections/tables', body: request() }), {
    ...failed,
    onDone: ({ items }) => {
      setTables(items);
      next('what');
    },
  });
  const look = useSend<void, z.infer<typeof HostKey>>(
    () => ({ path: '/connections/host-key', body: { host: settings.host, ...(settings.port ? { port: settings.port } : {}) } }),
    { ...failed, onDone: ({ hostKey }) => setShownKey(hostKey) },
  );
  const tryOut = useSend<void, Trial>(() => ({ path: '/connections/trials', body: request() }), {
    ...failed,
    onDone: (found) => {
      wizard.tried(found);
      next('columns');
    },
  });
  const peek = useSend<string, Trial>(
    (query) => ({
      path: '/connections/trials',
      body: {
        ...(edit ? { id: edit } : {}),
        settings: asSettings(pull!, { ...settings, query, cursor: undefined }),
        secrets: wizard.secrets,
      },
    }),
    { ...failed, onDone: wizard.tried },
  );
  const createSource = useSend<z.input<typeof NewSource>, Source>((body) => ({ path: '/sources', body }), {
    ...failed,
    refreshes: ['/sources'],
    onDone: (made) => {
      // Known at once, so that the wizard need not wait for the list to be read again.
      queryClient.setQueryData<{ items: Source[] }>(['/sources', {}], (before) => ({ items: [...(before?.items ?? []), made] }));
      setTyped(undefined);
      wizard.put({ sourceId: made.id });
      setWaiting(true);
    },
  });
  const save = useSend<void, ConnectionDetail>(
    () => ({
      method: edit ? 'PATCH' : 'POST',
      path: edit ? `/connections/${edit}` : '/connections',
      body: {
        name,
        settings: asSettings(pull!, settings),
        secrets: wizard.secrets,
        sourceId: source?.id,
        importKind: kind,
        columns: asMapping(wizard.columns),
        ...(draft.options ? { options: draft.options } : {}),
        ...(wizard.namesCustomers && draft.customersOf && draft.customersOf !== OWN ? { customersOf: draft.customersOf } : {}),
        ...(draft.whole === undefined ? {} : { whole: draft.whole }),
        schedule: draft.schedule,
        alertAfter: draft.alertAfter,
        alertTo: draft.alertTo ?? [me.id],
      },
    }),
    {
      ...failed,
      refreshes: ['/connections', '/sources'],
      onDone: (saved) => {
        queryClient.setQueryData([`/connections/${saved.id}`, {}], saved);
        tell(t(edit ? 'connections:wizard.changed' : 'connections:wizard.added', { name: saved.name }));
        void go({ to: '/connections/$id', params: { id: saved.id } }, { replace: true }).then(() => wizard.forget());
      },
    },
  );

  // A source just made has its rows still to be looked at: they are read with its country.
  const { preview } = wizard;
  const checked = source !== undefined && !preview.isFetching && (preview.data !== undefined || preview.error !== null || !wizard.mapped);

  const on: Record<Step, () => void> = {
    kind: () => (pull ? next('where') : setTried('kind')),
    where: () => {
      if (!pull) return;
      setError(null);
      if (missingFields(pull, settings, 'where').length > 0) setTried('where');
      else if (isDatabase(pull)) open.mutate();
      else if (pull === 'sftp' && !settings.hostKey) look.mutate();
      else next('what');
    },
    what: () => {
      if (!pull) return;
      setError(null);
      if (missingFields(pull, settings, 'what').length > 0) setTried('what');
      else tryOut.mutate();
    },
    columns: () => {
      setTried('columns');
      if (newSource && newSource.label.trim() !== '' && kind) {
        createSource.mutate({
          name: sourceName(
            newSource.label,
            sources.map((one) => one.name),
          ),
          label: newSource.label.trim(),
          country: newSource.country,
        });
      } else if (!source || newSource || !kind) document.querySelector('[data-scroll-restoration-id="page"]')?.scrollTo({ top: 0 });
      else if (!checked) setWaiting(true);
      else if (wizard.reachable.includes('when')) next('when');
      else document.getElementById(MAPPING_TOP)?.focus();
    },
    when: () => (name === '' ? setTried('when') : next('start')),
    start: () => save.mutate(),
  };
  useEffect(() => {
    if (!waiting || !checked) return;
    setWaiting(false);
    on.columns();
    // Only the moment at which the answer is there counts.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [waiting, checked]);
  // A new step begins at its beginning, however far down the last one was read.
  useEffect(() => {
    document.querySelector('[data-scroll-restoration-id="page"]')?.scrollTo({ top: 0 });
  }, [step]);

  const reached = STEPS.indexOf(step);
  const steps = STEPS.map((id, index) => ({
    id,
    label: t(`connections:wizard.step.${id}`),
    done: index < reached || (wizard.reachable.includes(id) && index < STEPS.indexOf(wizard.reachable.at(-1)!)),
  }));
  const last = draft.schedule.every === 'never' ? 'connections:wizard.start.save' : 'connections:wizard.start.go';
  return (
    <WizardPage
      title={t(edit ? 'connections:wizard.edit' : 'connections:wizard.title', { name: wizard.existing?.name })}
      aside={
        pull && (
          <Text size="sm" c="dimmed">
            {t(`connections:kind.${pull}.name`)}
          </Text>
        )
      }
      steps={steps}
      step={step}
      onStep={(id) => next(id as Step)}
      preview={
        wizard.waiting || wizard.error ? undefined : step === 'what' ? (
          <TrialRows wizard={wizard} looking={peek.isPending || tryOut.isPending} />
        ) : step === 'columns' ? (
          <RowPreview wizard={wizard} />
        ) : undefined
      }
      next={{
        onClick: on[step],
        busy: open.isPending || look.isPending || tryOut.isPending || createSource.isPending || save.isPending || waiting,
        disabled: wizard.waiting || wizard.error !== null,
        ...(step === 'what' ? { label: t('connections:wizard.what.try') } : {}),
        ...(step === 'start' ? { label: t(edit ? 'connections:wizard.start.change' : last) } : {}),
      }}
    >
      {wizard.error ? (
        <ErrorNote error={wizard.error} retry={() => void wizard.reading.refetch()} />
      ) : wizard.waiting ? (
        <BlockSkeleton height={360} />
      ) : (
        <Stack gap="md">
          {step === 'columns' && <ErrorNote error={error} />}
          {step === 'kind' && <StepKind wizard={wizard} tried={tried === 'kind'} />}
          {step === 'where' && (
            <StepWhere
              wizard={wizard}
              error={error}
              tried={tried === 'where'}
              shownKey={settings.hostKey ? undefined : shownKey}
              onTrust={() => {
                wizard.type({ hostKey: shownKey });
                next('what');
              }}
            />
          )}
          {step === 'what' && (
            <StepWhat
              wizard={wizard}
              tables={tables}
              onTable={(query) => {
                setError(null);
                wizard.type({ query, cursor: undefined });
                peek.mutate(query);
              }}
              error={error}
              tried={tried === 'what'}
            />
          )}
          {step === 'columns' && <StepColumns wizard={wizard} newSource={newSource} onNewSource={setTyped} tried={tried === 'columns'} />}
          {step === 'when' && <StepWhen wizard={wizard} name={proposedName(wizard, words.kind)} tried={tried === 'when'} />}
          {step === 'start' && <StepStart wizard={wizard} name={name} error={error} />}
        </Stack>
      )}
    </WizardPage>
  );
}

import type { NewSource } from '@vinculo/customer-file/api/imports';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { queryClient, useSend } from '../../api/queries.ts';
import { useCompany } from '../../app/company.ts';
import { useCan } from '../../app/session.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { Button, Stack, Text } from '../../ui/kit.ts';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { tell } from '../../ui/tell.tsx';
import { WizardPage } from '../../ui/wizard-page.tsx';
import { sourceName } from '../sources/source-name.ts';
import type { Source } from '../sources/use-sources.ts';
import { asMapping } from './mapping.ts';
import { markStarted, nextReady } from './queue.ts';
import type { Import } from './schemas.ts';
import { type Step, STEPS } from './search.ts';
import { QueueLine } from './wizard/queue-overview.tsx';
import { RowPreview } from './wizard/row-preview.tsx';
import type { NewSourceDraft } from './wizard/source-choice.tsx';
import { StepCheck } from './wizard/step-check.tsx';
import { MAPPING_TOP, StepColumns } from './wizard/step-columns.tsx';
import { FileAdvice, StepFile } from './wizard/step-file.tsx';
import { StartSummary, StepStart } from './wizard/step-start.tsx';
import { ReadingPreview, StepWhat } from './wizard/step-what.tsx';
import { useWizard } from './wizard/use-wizard.ts';
import { useGo } from '../../ui/link.tsx';

/** From a file to customers: what it is, what its columns mean, how it will read, and go. */
export default function NewImport() {
  const { t } = useTranslation();
  const format = useFormat();
  const company = useCompany();
  const can = useCan();
  const go = useGo();
  const wizard = useWizard();
  const { step, upload, kind, source, sources, columns, options } = wizard;
  const [tried, setTried] = useState<Step>();
  // «Siguiente» was pressed before the check of the columns had come back.
  const [waiting, setWaiting] = useState(false);
  const [typed, setTyped] = useState<NewSourceDraft>();
  const newSource =
    typed ?? (!source && upload && sources.length === 0 && can('source.write') ? { label: '', country: company.country } : undefined);

  const createSource = useSend<z.input<typeof NewSource>, Source>((body) => ({ path: '/sources', body }), {
    refreshes: ['/sources'],
    onDone: (made) => {
      // Known at once, so that the wizard need not wait for the list to be read again.
      queryClient.setQueryData<{ items: Source[] }>(['/sources', {}], (before) => ({ items: [...(before?.items ?? []), made] }));
      setTyped(undefined);
      wizard.put({ sourceId: made.id });
      wizard.go('columns');
    },
  });
  const start = useSend<void, Import>(
    () => ({
      path: '/imports',
      body: {
        uploadId: upload?.id,
        sourceId: source?.id,
        kind,
        columns: asMapping(columns),
        options,
        ...(wizard.namesCustomers && wizard.customersOf ? { customersOf: wizard.customersOf.id } : {}),
      },
    }),
    {
      refreshes: ['/imports', '/sources'],
      onError: () => {},
      onDone: (begun) => {
        const { id } = begun;
        queryClient.setQueryData([`/imports/${id}`, {}], begun);
        const queued = markStarted(upload!.id, id);
        const next = nextReady();
        if (queued && next) {
          tell(t('wizard:queue.begun', { name: upload!.fileName, next: next.fileName }));
          wizard.forget(upload!.id);
          wizard.take(next.uploadId!);
          return;
        }
        void go({ to: '/imports/$id', params: { id } }, { replace: true }).then(() => wizard.forget(upload!.id));
      },
    },
  );

  const on: Record<Step, () => void> = {
    file: () => wizard.go('what'),
    what: () => {
      if (newSource && newSource.label.trim() !== '' && kind) {
        createSource.mutate({
          name: sourceName(
            newSource.label,
            sources.map(({ name }) => name),
          ),
          label: newSource.label.trim(),
          country: newSource.country,
        });
      } else if (source && !newSource && kind) wizard.go('columns');
      else setTried('what');
    },
    columns: () => {
      if (wizard.preview.isFetching) setWaiting(true);
      else if (wizard.reachable.includes('check')) wizard.go('check');
      else document.getElementById(MAPPING_TOP)?.focus();
    },
    check: () => wizard.go('start'),
    start: () => start.mutate(),
  };
  const checked = !wizard.preview.isFetching;
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
    label: t(`wizard:step.${id}`),
    done: index < reached || (wizard.reachable.includes(id) && index < STEPS.indexOf(wizard.reachable.at(-1)!)),
  }));
  const previews = {
    file: <FileAdvice />,
    what: <ReadingPreview wizard={wizard} />,
    columns: <RowPreview wizard={wizard} />,
    check: undefined,
    start: <StartSummary wizard={wizard} />,
  };

  return (
    <WizardPage
      title={t('wizard:title')}
      aside={
        upload && (
          <Text size="sm" c="dimmed" truncate>
            {upload.fileName} · {format.bytes(upload.fileSize)}
          </Text>
        )
      }
      steps={steps}
      step={step}
      onStep={(id) => wizard.go(id as Step)}
      preview={wizard.waiting || wizard.error ? undefined : previews[step]}
      {...(step === 'file' && !upload
        ? {}
        : {
            next: {
              onClick: on[step],
              busy: createSource.isPending || start.isPending || waiting,
              disabled: wizard.waiting || wizard.error !== null,
              ...(step === 'start' && upload
                ? { label: t('wizard:start.go', { count: upload.estimatedRows, shown: format.number(upload.estimatedRows) }) }
                : {}),
            },
          })}
    >
      {wizard.error ? (
        <Stack gap="md" align="flex-start">
          <ErrorNote error={wizard.error} retry={() => void wizard.reading.refetch()} />
          <Button variant="default" onClick={wizard.restart}>
            {t('wizard:restart')}
          </Button>
        </Stack>
      ) : wizard.waiting ? (
        <BlockSkeleton height={360} />
      ) : (
        <>
          {step !== 'file' && <QueueLine uploadId={wizard.uploadId} onAll={() => wizard.go('file')} />}
          {step === 'file' && <StepFile wizard={wizard} />}
          {step === 'what' && <StepWhat wizard={wizard} newSource={newSource} onNewSource={setTyped} tried={tried === 'what'} />}
          {step === 'columns' && <StepColumns wizard={wizard} />}
          {step === 'check' && <StepCheck wizard={wizard} />}
          {step === 'start' && <StepStart wizard={wizard} error={start.error} />}
        </>
      )}
    </WizardPage>
  );
}

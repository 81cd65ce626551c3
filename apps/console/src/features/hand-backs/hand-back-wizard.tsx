import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/problem.ts';
import { useGet, useSend } from '../../api/queries.ts';
import { useWords } from '../../app/search.ts';
import { useMe } from '../../app/session.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useGo } from '../../ui/link.tsx';
import { Page } from '../../ui/page.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { tell } from '../../ui/tell.tsx';
import { WizardPage } from '../../ui/wizard-page.tsx';
import { bodyOf, complete, type Draft, draftOf, newDraft } from './draft.ts';
import { ListPreview } from './list-preview.tsx';
import type { HandBack, NewHandBack } from './schemas.ts';
import { type HandBackWizardSearch, STEPS } from './search.ts';
import { StepCheck } from './step-check.tsx';
import { StepWhat } from './step-what.tsx';
import { StepWhen } from './step-when.tsx';
import { StepWhere } from './step-where.tsx';
import { StepWho } from './step-who.tsx';

/** A new hand-back, or a change of one: who, what, where, when, and exactly what will happen. */
export default function HandBackWizard() {
  const { id } = useParams({ strict: false }) as { id?: string };
  const me = useMe();
  const { data, error, refetch } = useGet<HandBack>(`/hand-backs/${id}`, {}, { enabled: id !== undefined });
  if (id === undefined) return <Steps begin={newDraft(me.email ?? '')} />;
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!data)
    return (
      <Page title="">
        <BlockSkeleton height={480} />
      </Page>
    );
  return <Steps key={id} begin={draftOf(data)} former={data} />;
}

function Steps({ begin, former }: { begin: Draft; former?: HandBack }) {
  const { t } = useTranslation();
  const go = useGo();
  const [words, change] = useWords<HandBackWizardSearch>();
  const [draft, setDraft] = useState(begin);
  const [error, setError] = useState<ApiError>();
  const step = words.step ?? 'who';
  const at = STEPS.indexOf(step);
  const set = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }));
  const save = useSend<NewHandBack, HandBack>(
    (body) => (former ? { method: 'PATCH', path: `/hand-backs/${former.id}`, body } : { path: '/hand-backs', body }),
    {
      refreshes: ['/hand-backs'],
      onError: setError,
      onDone: ({ id, name }) => {
        tell(t(former ? 'common:saved' : 'handback:created', { name }));
        void go({ to: '/hand-backs/$id', params: { id } });
      },
    },
  );
  const last = step === 'check';
  return (
    <WizardPage
      title={former ? t('handback:edit', { name: former.name }) : t('handback:new')}
      steps={STEPS.map((id, n) => ({ id, label: t(`handback:step.${id}`), done: n < at }))}
      step={step}
      onStep={(next) => change({ step: next as typeof step })}
      preview={<ListPreview draft={draft} />}
      next={{
        disabled: !complete(step, draft),
        busy: save.isPending,
        ...(last ? { label: t(former ? 'common:save' : 'handback:create') } : {}),
        onClick: () => {
          setError(undefined);
          if (last) save.mutate(bodyOf(draft));
          else change({ step: STEPS[at + 1]! });
        },
      }}
    >
      {step === 'who' && <StepWho draft={draft} set={set} />}
      {step === 'what' && <StepWhat draft={draft} set={set} />}
      {step === 'where' && <StepWhere draft={draft} set={set} former={former} />}
      {step === 'when' && <StepWhen draft={draft} set={set} />}
      {last && <StepCheck draft={draft} set={set} error={error} />}
    </WizardPage>
  );
}

import { Button, Group } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { IconArrowLeft, IconArrowRight, IconCheck } from './icons.ts';
import { Page } from './page.tsx';
import { keepClear } from './keep-clear.ts';
import classes from './page.module.css';

export interface WizardStep {
  id: string;
  label: string;
  done: boolean;
}

interface WizardPageProps {
  title: string;
  aside?: ReactNode;
  actions?: ReactNode;
  steps: WizardStep[];
  /** The step on screen: keep it in the URL, so that the wizard can be left and found again. */
  step: string;
  /** Back to a step already done. */
  onStep: (id: string) => void;
  /** At the right, live: what the choices so far will do. */
  preview?: ReactNode;
  /** The button that goes on. The last step says exactly what will happen and to how many: «Importar 12.430 clientes». */
  next?: { label?: string; onClick: () => void; disabled?: boolean; busy?: boolean };
  children: ReactNode;
}

/** Shape 3: one decision a step, steps on top, live preview at the right. */
export function WizardPage({ steps, step, onStep, preview, next, children, ...page }: WizardPageProps) {
  const { t } = useTranslation();
  const at = steps.findIndex(({ id }) => id === step);
  const body = useRef<HTMLDivElement>(null);
  const seen = useRef(step);
  // A new step is a new question: who reads with the ears is taken to it.
  useEffect(() => {
    if (seen.current !== step) body.current?.focus();
    seen.current = step;
  }, [step]);

  return (
    <Page {...page}>
      <nav aria-label={t('shell:wizard.steps')}>
        <ol className={classes.steps}>
          {steps.map(({ id, label, done }, index) => {
            const words = (
              <>
                {done && id !== step ? (
                  <IconCheck size={14} aria-label={t('shell:wizard.done')} style={{ verticalAlign: -2 }} />
                ) : (
                  `${index + 1}.`
                )}{' '}
                {label}
              </>
            );
            return (
              <li key={id}>
                {done && id !== step ? (
                  <button type="button" className={classes.step} onClick={() => onStep(id)}>
                    {words}
                  </button>
                ) : (
                  <div className={classes.step} aria-current={id === step ? 'step' : undefined}>
                    {words}
                  </div>
                )}
              </li>
            );
          })}
        </ol>
      </nav>
      <div className={preview ? classes.wizard : undefined}>
        <div ref={body} tabIndex={-1} style={{ outline: 'none', minWidth: 0 }}>
          {children}
        </div>
        {preview && (
          <aside className={classes.preview} aria-label={t('shell:wizard.preview')} aria-live="polite">
            {preview}
          </aside>
        )}
      </div>
      <div ref={keepClear} className={classes.foot}>
        <div>
          {at > 0 && (
            <Button variant="default" leftSection={<IconArrowLeft size={16} />} onClick={() => onStep(steps[at - 1]!.id)}>
              {t('common:back')}
            </Button>
          )}
        </div>
        <Group gap="sm">
          {next && (
            <Button
              onClick={next.onClick}
              disabled={next.disabled ?? false}
              loading={next.busy ?? false}
              rightSection={at < steps.length - 1 ? <IconArrowRight size={16} /> : undefined}
            >
              {next.label ?? t('common:next')}
            </Button>
          )}
        </Group>
      </div>
    </Page>
  );
}

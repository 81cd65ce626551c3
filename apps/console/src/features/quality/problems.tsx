import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../app/session.ts';
import { useFormat } from '../../ui/format.ts';
import { Button, Group, Text } from '../../ui/kit.ts';
import { useImportWords } from '../imports/import-words.ts';
import { FixDialog } from './fix-dialog.tsx';
import { ProblemRecords } from './problem-records.tsx';
import type { Problem } from './quality-figures.ts';
import classes from './quality.module.css';

/** What is worst, one sentence each: how many records, where, and what can be done about it. */
export function Problems({ problems }: { problems: readonly Problem[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const say = useProblemWords();
  const [seen, setSeen] = useState<Problem>();
  const [fixing, setFixing] = useState<Problem>();
  if (problems.length === 0) return <Text size="sm">{t('quality:problems.none')}</Text>;
  return (
    <>
      <ol className={classes.problems}>
        {problems.map((problem) => (
          <li key={[problem.kind, problem.field, problem.sourceId, problem.value].join(' ')}>
            <span className={classes.count}>
              {t('quality:problems.records', { count: problem.records, shown: format.number(problem.records) })}
            </span>
            <span>
              <b>{say(problem)}</b>{' '}
              <Text span size="sm" c="dimmed">
                {problem.sourceLabel ? t('quality:problems.in', { source: problem.sourceLabel }) : t('quality:problems.all')}
              </Text>
            </span>
            <Group gap="xs" wrap="nowrap" className={classes.acts!}>
              {can('customer.read') && (
                <Button size="xs" variant="default" onClick={() => setSeen(problem)}>
                  {t('quality:problems.see')}
                </Button>
              )}
              {problem.correctable && can('source.write') && can('customer.read_personal') && (
                <Button size="xs" onClick={() => setFixing(problem)}>
                  {t('quality:problems.fix')}
                </Button>
              )}
            </Group>
          </li>
        ))}
      </ol>
      {seen && <ProblemRecords problem={seen} title={say(seen)} onClose={() => setSeen(undefined)} />}
      {fixing && <FixDialog problem={fixing} title={say(fixing)} onClose={() => setFixing(undefined)} />}
    </>
  );
}

/** «Correo electrónico» within a sentence; «IBAN» stays. */
const inSentence = (label: string) => (/^\p{Lu}(?!\p{Lu})/u.test(label) ? label[0]!.toLocaleLowerCase() + label.slice(1) : label);

/** A problem as a sentence. */
function useProblemWords(): (problem: Problem) => string {
  const { t } = useTranslation();
  const words = useImportWords();
  const format = useFormat();
  return ({ kind, field, value, right }) =>
    t(`quality:problem.${kind}`, {
      field: words.field(field),
      inside: inSentence(words.field(field)),
      value: value && /^\d{4}-\d\d-\d\d$/.test(value) ? format.date(value) : value,
      right,
    });
}

import { type KeyboardEvent, type Ref, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCompany } from '../../app/company.ts';
import { useFormat } from '../../ui/format.ts';
import { SegmentedControl, Stack, Text, Textarea, TextInput } from '../../ui/kit.ts';
import { ChoiceKeys, type ChoiceGroup } from './choice-keys.tsx';
import classes from './contacts.module.css';
import type { Draft } from './draft.ts';
import { FollowUpField } from './follow-up-field.tsx';
import { localDay } from './local-time.ts';
import { type Kind, useChoices } from './use-choices.ts';

interface ContactFieldsProps {
  kind: Kind;
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
  onSave: () => void;
  /** When the call began; absent where nothing is timed. */
  began?: number | undefined;
  outcomes?: Ref<ChoiceGroup>;
}

/** What is said of a call or a visit, in the order one says it: how it ended, a note, what it was about, when to come back. */
export function ContactFields({ kind, draft, onChange, onSave, began, outcomes }: ContactFieldsProps) {
  const { t } = useTranslation();
  const { timeZone } = useCompany();
  const choices = useChoices();
  const note = useRef<HTMLTextAreaElement>(null);
  const words = (list: 'topic' | 'outcome') => {
    const all = choices.of(kind, list).map(({ label }) => label);
    // A word that was put away since stays where it was written down.
    return draft[list] === '' || all.includes(draft[list]) ? all : [...all, draft[list]];
  };
  const topics = words('topic');
  const choose = (outcome: string) => {
    const proposed = choices.of(kind, 'outcome').find(({ label }) => label === outcome)?.followUpDays ?? null;
    onChange({
      outcome,
      ...(proposed !== null && draft.followUpOn === '' ? { followUpOn: localDay(proposed, timeZone), followUpNote: outcome } : {}),
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onSave();
    }
    // By where the key is: with Alt a keyboard may write something else.
    const digit = event.altKey ? /^Digit([1-9])$/.exec(event.code)?.[1] : undefined;
    const topic = digit && topics[Number(digit) - 1];
    if (topic) {
      event.preventDefault();
      onChange({ topic });
    }
  };
  return (
    <Stack gap="lg" onKeyDown={onKeyDown}>
      <ChoiceKeys
        ref={outcomes ?? null}
        label={t('channels:log.form.outcome')}
        help={t('channels:log.form.outcomeHelp')}
        words={words('outcome')}
        value={draft.outcome}
        onChange={choose}
        onPicked={() => note.current?.focus()}
      />
      <Textarea
        ref={note}
        label={t('channels:log.form.note')}
        description={t('channels:log.form.noteHelp')}
        autosize
        minRows={2}
        maxRows={10}
        maxLength={10_000}
        value={draft.body}
        onChange={(event) => onChange({ body: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          event.stopPropagation();
          onSave();
        }}
      />
      {topics.length > 0 && (
        <ChoiceKeys
          label={t('channels:log.form.topic')}
          help={t('channels:log.form.topicHelp')}
          words={topics}
          value={draft.topic}
          onChange={(topic) => onChange({ topic })}
        />
      )}
      <FollowUpField
        on={draft.followUpOn}
        note={draft.followUpNote}
        onChange={(followUpOn, followUpNote) => onChange({ followUpOn, followUpNote })}
      />
      <div className={classes.pair}>
        <div>
          <Text size="sm" fw={600} mb={4} aria-hidden>
            {t('channels:log.form.direction')}
          </Text>
          <SegmentedControl
            aria-label={t('channels:log.form.direction')}
            fullWidth
            value={draft.direction}
            onChange={(direction) => onChange({ direction: direction as Draft['direction'] })}
            data={(['in', 'out'] as const).map((value) => ({
              value,
              label: t(`channels:log.${kind === 'visit' ? 'visitDirection' : 'direction'}.${value}`),
            }))}
          />
        </div>
        <TextInput
          label={t('channels:log.form.minutes')}
          {...(began === undefined ? {} : { description: <Timer began={began} /> })}
          inputMode="numeric"
          value={draft.minutes}
          maxLength={4}
          onChange={(event) => onChange({ minutes: event.currentTarget.value.replace(/\D/g, '') })}
        />
        {kind === 'visit' ? (
          <TextInput
            label={t('channels:log.form.place')}
            value={draft.place}
            maxLength={200}
            onChange={(event) => onChange({ place: event.currentTarget.value })}
          />
        ) : (
          <TextInput
            label={t('channels:log.form.phone')}
            type="tel"
            autoComplete="off"
            value={draft.phone}
            maxLength={40}
            onChange={(event) => onChange({ phone: event.currentTarget.value })}
          />
        )}
        <TextInput
          label={t('channels:log.form.when')}
          type="datetime-local"
          value={draft.at}
          onChange={(event) => onChange({ at: event.currentTarget.value })}
        />
      </div>
    </Stack>
  );
}

/** How long the call has lasted. Its seconds are for the eye: a screen reader is not told each of them. */
function Timer({ began }: { began: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [now, setNow] = useState(began);
  useEffect(() => {
    const beat = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(beat);
  }, []);
  return <span aria-hidden>{t('channels:log.form.timer', { time: format.duration(Math.max(0, (now - began) / 1_000)) })}</span>;
}

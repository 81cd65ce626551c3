import { type KeyboardEvent, type Ref, useImperativeHandle, useRef } from 'react';
import { useCompany } from '../../app/company.ts';
import { Kbd, Text } from '../../ui/kit.ts';
import { usePhone } from '../../ui/screen-size.ts';
import classes from './contacts.module.css';

/** What a form does to the group from outside. */
export interface ChoiceGroup {
  focus(): void;
  /** As if its number had been pressed, from 1. */
  press(number: number): void;
}

interface ChoiceKeysProps {
  label: string;
  /** How the keyboard reaches it, said beside the label. */
  help: string;
  words: readonly string[];
  value: string;
  /** Chosen; the same again takes it back. */
  onChange: (word: string) => void;
  /** Chosen with a key or a click: time to go on. */
  onPicked?: () => void;
  ref?: Ref<ChoiceGroup>;
}

/** Words to choose one from: its number while the group has the focus, the arrows, or a thumb. */
export function ChoiceKeys({ label, help, words, value, onChange, onPicked, ref }: ChoiceKeysProps) {
  const phone = usePhone();
  const { language } = useCompany();
  const box = useRef<HTMLDivElement>(null);
  const at = words.indexOf(value);
  const buttons = () => [...(box.current?.querySelectorAll<HTMLButtonElement>('[role=radio]') ?? [])];
  const press = (number: number): boolean => {
    const word = words[number - 1];
    if (word === undefined) return false;
    if (word !== value) onChange(word);
    onPicked?.();
    return true;
  };
  useImperativeHandle(ref, () => ({ focus: () => buttons()[Math.max(0, at)]?.focus(), press: (number) => void press(number) }));
  const pick = (word: string) => {
    onChange(word === value ? '' : word);
    if (word !== value) onPicked?.();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (/^[1-9]$/.test(event.key) && press(Number(event.key))) return event.preventDefault();
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const all = buttons();
    const now = all.indexOf(document.activeElement as HTMLButtonElement);
    all[(now + step + all.length) % all.length]?.focus();
  };
  return (
    <div>
      <Text size="sm" fw={600} mb={4} aria-hidden>
        {label}
        {!phone && (
          <Text span size="xs" c="dimmed" ms={8} fw={400}>
            {help}
          </Text>
        )}
      </Text>
      <div ref={box} role="radiogroup" tabIndex={-1} aria-label={label} className={classes.choices} onKeyDown={onKeyDown}>
        {words.map((word, n) => (
          <button
            key={word}
            type="button"
            role="radio"
            aria-checked={word === value}
            tabIndex={n === Math.max(0, at) ? 0 : -1}
            className={classes.choice}
            onClick={() => pick(word)}
          >
            {!phone && n < 9 && (
              <Kbd size="xs" aria-hidden>
                {n + 1}
              </Kbd>
            )}
            {/* The company's own word, in its language. */}
            <span lang={language}>{word}</span>
          </button>
        ))}
      </div>
    </div>
  );
}

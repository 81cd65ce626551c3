// Finds a condition by what people type: its name, or else how the sentence says it. Accents and the order of words do not matter.
import { fold } from '@vinculo/languages/api';

export interface Option {
  value: string;
  label: string;
}

export interface OptionGroup {
  group: string;
  items: Option[];
}

const words = (text: string) => fold(text.replace(/\{\{.*?\}\}/g, ' ')).match(/[\p{L}\p{N}]+/gu) ?? [];

/**
 * The groups with what fits. Where a name fits, names alone count: «correo» is the mail address, not everything sent by mail.
 *
 * @param said - the clause a condition becomes, by its value.
 */
export function findConditions(groups: readonly OptionGroup[], typed: string, said: (value: string) => string): OptionGroup[] {
  const wanted = words(typed);
  if (wanted.length === 0) return [...groups];
  const having = (textOf: (option: Option) => string) =>
    groups
      .map(({ group, items }) => ({
        group,
        items: items.filter((option) => {
          const there = words(textOf(option));
          return wanted.every((word) => there.some((one) => one.startsWith(word)));
        }),
      }))
      .filter(({ items }) => items.length > 0);
  const named = having(({ label }) => label);
  return named.length > 0 ? named : having(({ value, label }) => `${label} ${said(value)}`);
}

import { useTranslation } from 'react-i18next';

/** How levels and fields are called. Settings of one's own may bring levels we have no sentence for. */
export function useReviewWords() {
  const { t } = useTranslation();
  const field = (name: string) => t(`identity:term.${name}`, { defaultValue: t(`imports:field.${name}`, { defaultValue: name }) });
  const level = (name: string) => t(`review:level.${name}`, { defaultValue: name });
  return {
    field,
    level,
    /** «El segundo apellido coincide». */
    term: (name: string, of: string): string =>
      name === 'rule'
        ? t('review:term.rule', { rule: t(`identity:rule.${of}`, { defaultValue: of }) })
        : t(`review:term.${name}.${of}`, { defaultValue: t('review:term.other', { field: field(name), level: level(of) }) }),
  };
}

const AGREES = new Set(['exact', 'root', 'core']);

/** `person given=exact surnames=first` → fields by how they stand. */
export function readPattern(pattern: string): Record<'agree' | 'near' | 'differ' | 'lack', string[]> {
  const read: ReturnType<typeof readPattern> = { agree: [], near: [], differ: [], lack: [] };
  for (const part of pattern.split(' ').slice(1)) {
    const [field = '', level = ''] = part.split('=');
    const how = AGREES.has(level) ? 'agree' : level === 'missing' ? 'lack' : level === 'different' || level === 'apart' ? 'differ' : 'near';
    read[how].push(field);
  }
  return read;
}

import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';

/** How fields, likenesses, columns and rules of linkage are called. Rules of one's own may bring names we have no word for. */
export function useLinkageWords() {
  const { t } = useTranslation();
  const format = useFormat();
  const column = (name: string) => t(`linkage:column.${name}`, { defaultValue: name });
  const key = (text: string): string => {
    const [, names = text, transform = ''] = /^([^[]*)(?:\[(.*)\])?$/.exec(text) ?? [];
    const all = names.split('|').map(column);
    const said = all.length < 2 ? (all[0] ?? names) : t('linkage:any', { first: all.slice(0, -1).join(', '), second: all.at(-1) });
    return transform === '' ? said : t(`linkage:transform.${transform.split(':')[0]}`, { column: said, defaultValue: said });
  };
  return {
    column,
    /** The same at the head of a column. */
    heading: (name: string) => capital(column(name)),
    /** A probability asked for; 0.9999 is not 100 %. */
    threshold: (value: number) => format.percent(value, value > 0.999 ? 2 : 1),
    field: (name: string) => t(`identity:term.${name}`, { defaultValue: t(`imports:field.${name}`, { defaultValue: column(name) }) }),
    level: (name: string) => t(`review:level.${name}`, { defaultValue: name }),
    rule: (name: string) => t(`linkage:rules.rule.${name}`, { defaultValue: name }),
    apart: (name: string) => t(`linkage:rules.apart.${name}`, { defaultValue: name }),
    /** `birth_date + surname1|surname2[phonetic]` in words. */
    blocking: (rule: string) => capital(rule.split(' + ').map(key).join(' + ')),
  };
}

const capital = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1);

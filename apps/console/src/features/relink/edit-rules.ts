// What the form changes in the rules. Rules are data: every change gives new ones.
import type { LinkageRules } from '@vinculo/customer-file/api/relink';
import type { z } from 'zod';

export type Rules = z.infer<typeof LinkageRules>;
export type Settings = Rules['settings'];
export type CurvePoint = NonNullable<Rules['model']>['curve'][number];

const without = <T>(list: readonly T[], drop: (one: T) => boolean): T[] => list.filter((one) => !drop(one));

/** Rules that join by themselves which the form offers besides those already there. */
const OFFERED: Record<Rules['kind'], Settings['rules']> = {
  person: [
    { name: 'same email and name', equal: ['email', 'given_root'] },
    { name: 'same mobile and name', equal: ['mobile', 'given_root'] },
  ],
  company: [
    { name: 'same email', equal: ['email'] },
    { name: 'same phone', equal: ['phone'] },
  ],
};

export interface Toggle {
  name: string;
  on: boolean;
}

/** Every field there is or was, in the order of the library's own rules. */
export function fieldToggles({ own }: Rules, settings: Settings): Toggle[] {
  const on = new Set(settings.fields.map(({ name }) => name));
  return [...new Set([...own.fields, ...settings.fields].map(({ name }) => name))].map((name) => ({ name, on: on.has(name) }));
}

/** Takes a field out of the comparison, or puts it back as it was; what names it goes and comes with it. */
export function toggleField({ own, settings: before }: Rules, settings: Settings, name: string): Settings {
  const known = [...before.fields, ...own.fields].find((field) => field.name === name);
  if (settings.fields.some((field) => field.name === name)) {
    if (settings.fields.length < 2) return settings;
    return {
      ...settings,
      fields: without(settings.fields, (field) => field.name === name),
      rules: settings.rules.map((rule) => ({
        ...rule,
        ...(rule.unless ? { unless: without(rule.unless, (field) => field === name) } : {}),
      })),
      constraints: { ...settings.constraints, apart: without(settings.constraints.apart, ({ when }) => name in when) },
    };
  }
  if (!known) return settings;
  const order = fieldToggles({ own } as Rules, settings).map((field) => field.name);
  const fields = [...settings.fields, known].toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  const names = new Set(fields.map((field) => field.name));
  const back = without(
    own.constraints.apart,
    ({ name: apart, when }) =>
      !(name in when) ||
      !Object.keys(when).every((field) => names.has(field)) ||
      settings.constraints.apart.some((one) => one.name === apart),
  );
  return { ...settings, fields, constraints: { ...settings.constraints, apart: [...settings.constraints.apart, ...back] } };
}

export function toggleShared(settings: Settings, name: string): Settings {
  return { ...settings, fields: settings.fields.map((field) => (field.name === name ? { ...field, shared: !field.shared } : field)) };
}

function rulesThereAre({ kind, own, settings }: Rules): Settings['rules'] {
  const all = [...own.rules, ...settings.rules, ...OFFERED[kind]];
  return all.filter(({ name }, n) => all.findIndex((one) => one.name === name) === n);
}

export function ruleToggles(rules: Rules, settings: Settings): Toggle[] {
  return rulesThereAre(rules).map(({ name }) => ({ name, on: settings.rules.some((rule) => rule.name === name) }));
}

export function toggleRule(rules: Rules, settings: Settings, name: string): Settings {
  if (settings.rules.some((rule) => rule.name === name))
    return { ...settings, rules: without(settings.rules, (rule) => rule.name === name) };
  const names = new Set(settings.fields.map((field) => field.name));
  const rule = rulesThereAre(rules).find((one) => one.name === name)!;
  const unless = rule.unless?.filter((field) => names.has(field));
  return { ...settings, rules: [...settings.rules, { ...rule, ...(unless ? { unless } : {}) }] };
}

export function apartToggles({ own, settings: before }: Rules, settings: Settings): Toggle[] {
  const all = [...new Set([...own.constraints.apart, ...before.constraints.apart].map(({ name }) => name))];
  return all.map((name) => ({ name, on: settings.constraints.apart.some((apart) => apart.name === name) }));
}

export function toggleApart({ own, settings: before }: Rules, settings: Settings, name: string): Settings {
  const { apart } = settings.constraints;
  const known = [...before.constraints.apart, ...own.constraints.apart].find((one) => one.name === name)!;
  const next = apart.some((one) => one.name === name) ? without(apart, (one) => one.name === name) : [...apart, known];
  return { ...settings, constraints: { ...settings.constraints, apart: next } };
}

/** Thresholds worth offering: never below a half, and one for each step in what is expected. */
export function stopsOf(curve: readonly CurvePoint[]): CurvePoint[] {
  return curve.filter(({ threshold }) => threshold >= 0.5).toSorted((a, b) => b.threshold - a.threshold);
}

export type Difference =
  | { what: 'threshold'; before: number | 'auto'; after: number | 'auto' }
  | { what: 'fieldOn' | 'fieldOff' | 'sharedOn' | 'sharedOff' | 'ruleOn' | 'ruleOff' | 'apartOn' | 'apartOff'; name: string }
  | { what: 'other' };

/** What changes between two sets of rules, in the terms of the form; what it does not know is "other". */
export function differencesOf(before: Settings, after: Settings): Difference[] {
  const found: Difference[] = [];
  if (before.threshold !== after.threshold) found.push({ what: 'threshold', before: before.threshold, after: after.threshold });
  const compare = (what: 'field' | 'rule' | 'apart', was: readonly { name: string }[], is: readonly { name: string }[]) => {
    for (const { name } of is) if (!was.some((one) => one.name === name)) found.push({ what: `${what}On`, name });
    for (const { name } of was) if (!is.some((one) => one.name === name)) found.push({ what: `${what}Off`, name });
  };
  compare('field', before.fields, after.fields);
  for (const { name, shared } of after.fields) {
    const was = before.fields.find((field) => field.name === name);
    if (was && was.shared !== shared) found.push({ what: shared ? 'sharedOn' : 'sharedOff', name });
  }
  compare('rule', before.rules, after.rules);
  compare('apart', before.constraints.apart, after.constraints.apart);
  const rest = ({ fields, constraints, ...more }: Settings) =>
    JSON.stringify({
      ...more,
      threshold: 'auto',
      rules: [],
      fields: fields.map((field) => ({ ...field, shared: false })),
      constraints: { ...constraints, apart: [] },
    });
  const inCommon = (settings: Settings, other: Settings): Settings => ({
    ...settings,
    fields: settings.fields.filter(({ name }) => other.fields.some((field) => field.name === name)),
  });
  if (rest(inCommon(before, after)) !== rest(inCommon(after, before))) found.push({ what: 'other' });
  return found;
}

import type { ComparisonName } from '../settings.ts';
import { address } from './address.ts';
import { company } from './company.ts';
import type { Comparison } from './comparison.ts';
import { date } from './date.ts';
import { email } from './email.ts';
import { exact } from './exact.ts';
import { fullName } from './full-name.ts';
import { id } from './id.ts';
import { name } from './name.ts';
import { number } from './number.ts';
import { phone } from './phone.ts';
import { surnamePair } from './surname-pair.ts';
import { set } from './set.ts';
import { text } from './text.ts';
import { words } from './words.ts';

/** Every comparison that settings can name. */
export const comparisons: Record<ComparisonName, Comparison> = {
  exact,
  name,
  'full-name': fullName,
  'surname-pair': surnamePair,
  date,
  phone,
  email,
  address,
  id,
  number,
  text,
  words,
  set,
  company,
};

import { DEVOTIONS } from './given-names.ts';
import { ABBREVIATED_GIVEN, GENDER, type Gender, GIVEN, SURNAME, type Unit } from './name-words.ts';

export type NameOrder = 'given-first' | 'surname-first';

const isGiven = (unit: Unit) => GIVEN.has(unit.head) || ABBREVIATED_GIVEN.has(unit.head);
const isSurname = (unit: Unit) => SURNAME.has(unit.head);
/** A given name that is not a surname as well. */
export const onlyGiven = (unit: Unit) => isGiven(unit) && !isSurname(unit);
/** A surname, by the list or by its particles, that is no given name. */
export const onlySurname = (unit: Unit) => (unit.particles !== '' || isSurname(unit)) && !isGiven(unit);

/** The order the units themselves betray: "GARCIA LOPEZ JOSE" opens with what is only a surname and ends with what is only a given name. */
export function guessOrder(units: readonly Unit[]): NameOrder {
  const first = units[0];
  const last = units.at(-1);
  if (first === undefined || last === undefined || units.length < 2) return 'given-first';
  return onlySurname(first) && last.particles === '' && onlyGiven(last) ? 'surname-first' : 'given-first';
}

/** How many units at the start of a full name are the given name, when the given name comes first. */
export function givenCount(units: readonly Unit[]): number {
  const n = units.length;
  if (n <= 1) return n;
  if (n === 2) return onlyGiven(units[0]!) && onlyGiven(units[1]!) && units[1]!.particles === '' ? 2 : 1;
  let count = 1;
  while (n - count > 1 && continuesGiven(units, count)) count++;
  return count;
}

/** Whether unit `at` still belongs to the given name. Two units left over are the two surnames; with only one left it must be sure. */
function continuesGiven(units: readonly Unit[], at: number): boolean {
  const unit = units[at]!;
  const left = units.length - at - 1;
  if (unit.particles !== '') return isDevotion(units[at - 1]!, unit) && (left >= 2 || !isSurname(unit));
  if (unit.head.length === 1) return true;
  return left >= 2 ? isGiven(unit) || !isSurname(unit) : onlyGiven(unit) && mayFollow(units[at - 1]!, unit);
}

/** Names of one person agree in gender (Marina Felipe Soto has two surnames), but for María José, María Jesús and anybody's María. */
function mayFollow(before: Unit, unit: Unit): boolean {
  const [first, second] = [genderOf(before), genderOf(unit)];
  if (first === undefined || second === undefined || first === second) return true;
  const head = ABBREVIATED_GIVEN.get(unit.head) ?? unit.head;
  return head === 'maria' || ((head === 'jose' || head === 'jesus') && first === 'f');
}

function genderOf({ head }: Unit): Gender | undefined {
  return GENDER.get(ABBREVIATED_GIVEN.get(head) ?? head);
}

function isDevotion(before: Unit, unit: Unit): boolean {
  if (unit.particles.includes('y ')) return false;
  if (unit.head === 'dios') return before.head === 'juan';
  return (
    DEVOTIONS.has(unit.head) && (GENDER.get(before.head) === 'f' || ABBREVIATED_GIVEN.get(before.head) === 'maria' || before.head === 'm')
  );
}

/** How many units at the start are surnames, when the surnames come first and no comma says where they end. */
export function surnameCount(units: readonly Unit[]): number {
  if (units.length <= 2) return 1;
  const [, second, third] = units as [Unit, Unit, Unit];
  return onlyGiven(second) && second.particles === '' && onlyGiven(third) && mayFollow(second, third) ? 1 : 2;
}

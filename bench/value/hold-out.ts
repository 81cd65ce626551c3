// CDNOW's hold-out: what each model expected of weeks 40 to 78, and whether the one chosen on the customers' own past was the best.
import { bgNbd, chooseModel, type Choice, mbgNbd, paretoNbd } from '@vinculo/value';
import { figure, notRun } from '../harness/figure.ts';
import { type Buyers, readCdnow, splitAt } from './cdnow.ts';
import type { BenchOptions } from './main.ts';

const nameOf = ({ fit }: Choice['candidates'][number]) => (fit.model.k > 1 ? `${fit.model.name} k=${fit.model.k}` : fit.model.name);

export function holdOut({ data }: BenchOptions): void {
  const buyers = readCdnow(data);
  if (!buyers) return notRun('CDNOW hold-out', 'CDNOW is not there; set VINCULO_DATA');
  const asOf = chooseModel(splitAt(buyers, '19970630', '19970930'));
  const later = chooseModel(splitAt(buyers, '19970930', '19980630'));
  const chosen = asOf.candidates[0]!;
  for (const candidate of later.candidates) {
    const mark = nameOf(candidate) === nameOf(chosen) ? ' (chosen on weeks 27 to 39)' : '';
    figure(`CDNOW, weeks 40 to 78, ${nameOf(candidate)}${mark}: expected of 19,684`, Math.round(candidate.expected), undefined, '');
    figure(`CDNOW, weeks 40 to 78, ${nameOf(candidate)}${mark}: of the wrong groups`, candidate.error, undefined, '');
  }
  blended(buyers, ['19970515', '19970930', '19980630'], 'weeks 40 to 78, weighted on weeks 20 to 39');
  blended(buyers, ['19970415', '19970531', '19970930'], 'weeks 22 to 39, weighted on weeks 16 to 21');
  // The same after the Christmas that weeks 40 to 52 hold.
  const after = chooseModel(splitAt(buyers, '19971231', '19980630'));
  for (const candidate of after.candidates.slice(0, 3)) {
    figure(
      `CDNOW, weeks 53 to 78, ${nameOf(candidate)}: expected of ${candidate.actual.toLocaleString('en')}`,
      Math.round(candidate.expected),
      undefined,
      '',
    );
  }
}

/**
 * The models together: in each group of customers by the inverse of the squared error they had there in an earlier hold-out (Bates &
 * Granger, "The combination of forecasts", 1969), chance added to it, or all alike.
 */
function blended(buyers: Buyers, [before, cut, until]: readonly [string, string, string], label: string): void {
  const models = [bgNbd, mbgNbd, paretoNbd];
  const inner = chooseModel(splitAt(buyers, before, cut), models).candidates;
  const outer = chooseModel(splitAt(buyers, cut, until), models).candidates;
  const actual = outer[0]!.actual;
  const weightings = {
    'by their errors': (expected: number, met: number) => 1 / ((expected - met) ** 2 + met),
    'all alike': () => 1,
  };
  for (const [name, weigh] of Object.entries(weightings)) {
    let total = 0;
    let wrong = 0;
    outer[0]!.groups.forEach((group, i) => {
      const weights = outer.map(({ fit }) => {
        const met = inner.find((candidate) => candidate.fit.model === fit.model)!.groups[i]!;
        return weigh(met.expected, met.actual);
      });
      const all = weights.reduce((sum, weight) => sum + weight, 0);
      const expected = outer.reduce((sum, { groups }, j) => sum + (weights[j]! / all) * groups[i]!.expected, 0);
      total += expected;
      wrong += Math.abs(expected - group.actual);
    });
    figure(`CDNOW, ${label}, three models ${name}: expected of ${actual.toLocaleString('en')}`, Math.round(total), undefined, '');
    figure(`CDNOW, ${label}, three models ${name}: of the wrong groups`, wrong / actual, undefined, '');
  }
  for (const candidate of outer) figure(`CDNOW, ${label}, ${nameOf(candidate)} alone: of the wrong groups`, candidate.error, undefined, '');
}

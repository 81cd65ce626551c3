// CDNOW's hold-out: what each model expected of weeks 40 to 78, and whether the one chosen on the customers' own past was the best.
import { chooseModel, type Choice } from '@vinculo/value';
import { figure, notRun } from '../harness/figure.ts';
import { readCdnow, splitAt } from './cdnow.ts';
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

// How well the loyalty model tells the seven types, on towns of simulated people that nobody tuned it on.
import {
  calibrateTemperature,
  calibrationError,
  confusionOf,
  DEFAULT_LOYALTY_MODEL,
  LOYALTY_TYPES,
  recovered,
  simulateTown,
  type Told,
  tellTypes,
} from '@vinculo/value';
import { figure } from '../harness/figure.ts';

const quick = process.argv.includes('--quick');
const each = quick ? 60 : 300;
const SEEDS = quick ? [201] : [201, 202, 203, 204, 205];
const TARGET = 80;
const per = (share: number) => Math.round(share * 1_000) / 10;

const told = SEEDS.flatMap((seed) => tellTypes(simulateTown(each, seed)));
print(told);
const shares = recovered(told);
for (const type of LOYALTY_TYPES) figure(`recovered: ${type}`, per(shares[type]), TARGET, '%', { atLeast: true });
figure('recovered: overall', per(shares.overall), TARGET, '%', { atLeast: true });
figure('worst town', Math.min(...SEEDS.map((_, i) => per(recovered(told.slice(i * each * 7, (i + 1) * each * 7)).overall))), TARGET, '%', {
  atLeast: true,
});
figure('probabilities differ from how often they are right by', per(calibrationError(told)), 5, 'points');
figure(
  'temperature that would fit these towns best',
  calibrateTemperature(told, DEFAULT_LOYALTY_MODEL),
  undefined,
  `(in use: ${DEFAULT_LOYALTY_MODEL.temperature})`,
);

// Where one reason is half of all, what is usual is another, and the signs are read against it.
for (const type of LOYALTY_TYPES) {
  const counts = Object.fromEntries(LOYALTY_TYPES.map((one) => [one, one === type ? each * 2 : Math.round(each / 3)])) as Record<
    (typeof LOYALTY_TYPES)[number],
    number
  >;
  figure(`overall, where half are ${type}`, per(recovered(tellTypes(simulateTown(counts, 211))).overall), undefined, '%');
}

// Without attitude: nobody answers a survey, recommends or complains, as in most shops.
const silent = SEEDS.flatMap((seed) => {
  const town = simulateTown(each, seed);
  return tellTypes({ ...town, customers: town.customers.map((customer) => ({ ...customer, surveys: [], referrals: 0, complaints: 0 })) });
});
figure('overall, from behaviour and market alone', per(recovered(silent).overall), undefined, '%');

function print(all: readonly Told[]): void {
  const confusion = confusionOf(all);
  const columns = [...LOYALTY_TYPES, 'unknown'] as const;
  console.log(`${'true \\ told'.padEnd(12)}${columns.map((type) => type.slice(0, 11).padStart(12)).join('')}`);
  for (const type of LOYALTY_TYPES)
    console.log(type.padEnd(12) + columns.map((column) => String(confusion[type][column]).padStart(12)).join(''));
}

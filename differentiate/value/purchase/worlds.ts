// Worlds to fail in: few customers or many, loyal or fickle, watched for weeks or for years.
import { random } from '../arithmetic/random.ts';
import { bgNbd, mbgCnbd, mbgNbd } from './beta-geometric.ts';
import { fitPurchases } from './fit-purchases.ts';
import { histories } from './histories.ts';
import { paretoNbd } from './pareto-nbd.ts';
import { simulatePurchases } from './simulate.ts';

export interface World {
  name: string;
  /** What went wrong; undefined if nothing. */
  failure: string | undefined;
}

const MODELS = [bgNbd, mbgNbd, paretoNbd, mbgCnbd(2), mbgCnbd(3)];

/**
 * Draws worlds, fits each with the model it was made with, and with another. A fit fails if its search did not end, if a parameter is not
 * a number, or if it is worse than the parameters the world was made with.
 */
export function* simulatedWorlds(count: number, seed: number): Generator<World> {
  const luck = random(seed);
  const between = (low: number, high: number) => low * (high / low) ** luck.uniform();
  for (let world = 0; world < count; world++) {
    const model = MODELS[world % MODELS.length]!;
    const other = MODELS[(world + 1 + Math.floor(luck.uniform() * (MODELS.length - 1))) % MODELS.length]!;
    const parameters =
      model === paretoNbd
        ? [between(0.2, 5), between(2, 40), between(0.1, 5), between(2, 60)]
        : [between(0.2, 5) * model.k, between(2, 40), between(0.1, 5), between(0.3, 20)];
    const customers = Math.round(between(100, 5000));
    const weeks = between(13, 200);
    const columns = simulatePurchases({
      model,
      parameters,
      customers,
      watched: (its) => weeks * (0.2 + 0.8 * its.uniform()),
      grain: luck.uniform() < 0.5 ? 1 / 7 : 0,
      seed: seed * 100_003 + world,
    });
    const name = `world ${world}: ${model.name} k=${model.k} ${parameters.map((p) => p.toPrecision(3)).join(' ')}, ${customers} customers, ${weeks.toFixed(0)} weeks`;
    const known = histories(columns);
    if (known.purchases === 0) continue;
    for (const fitted of [model, other]) {
      const fit = fitPurchases(fitted, known);
      const as = fitted === model ? name : `${name}, as ${fitted.name} k=${fitted.k}`;
      let failure: string | undefined;
      if (!fit.parameters.every(Number.isFinite) || !Number.isFinite(fit.logLikelihood)) failure = `not a number: ${[...fit.parameters]}`;
      else if (!fit.converged) failure = `the search did not end: ${[...fit.parameters]}`;
      else if (fitted === model) {
        const truth = model.logLikelihood(known, Float64Array.from(parameters), new Float64Array(4));
        if (fit.logLikelihood < truth - 1e-3) failure = `worse than the truth by ${truth - fit.logLikelihood}: ${[...fit.parameters]}`;
      }
      yield { name: as, failure };
    }
  }
}

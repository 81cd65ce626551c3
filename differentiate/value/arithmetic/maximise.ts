/** Writes the gradient and returns the value, both at `at`. May be −Infinity or NaN where it is not defined. */
export type Objective = (at: Float64Array, gradient: Float64Array) => number;

export interface Optimum {
  at: Float64Array;
  value: number;
  gradient: Float64Array;
  /** Estimate of −(Hessian)⁻¹ at the optimum, row by row: a good start for a neighbouring problem. */
  curvature: Float64Array;
  /** How often the objective was computed. */
  evaluations: number;
  converged: boolean;
}

export interface Maximise {
  /** What one unit of the objective is worth: it stops when one more step would gain less than `gain / scale`. */
  scale?: number;
  gain?: number;
  evaluations?: number;
  /** No coordinate leaves −limit…limit. */
  limit?: number;
  curvature?: Float64Array;
}

/** Largest change of a coordinate in one step: coordinates are logarithms, so this is a factor of seven. */
const LONGEST = 2;

/**
 * Climbs from `start` to a maximum: BFGS with a line search to the weak Wolfe conditions, within a box.
 * Source: Nocedal & Wright, "Numerical Optimization", 2nd ed., algorithms 6.1 and 3.5; bisection by Lewis & Overton, 2013.
 */
export function maximise(objective: Objective, start: Float64Array, options: Maximise = {}): Optimum {
  const { scale = 1, gain = 1e-9, evaluations: most = 400, limit = 25 } = options;
  const n = start.length;
  const inside = (value: number) => Math.min(limit, Math.max(-limit, value));
  let at: Float64Array = start.map(inside);
  let gradient: Float64Array = new Float64Array(n);
  let value = objective(at, gradient);
  let evaluations = 1;
  let curvature = options.curvature?.slice() ?? identity(n);
  let fresh = options.curvature === undefined;
  let converged = false;
  let stalls = 0;

  while (evaluations < most) {
    const free = freeGradient(at, gradient, limit);
    let direction = times(curvature, free);
    let slope = dot(direction, free);
    if (!(slope > 0)) {
      curvature = identity(n);
      fresh = true;
      direction = free.slice();
      slope = dot(direction, free);
    }
    // Half the slope is what a whole step gains, where the surface is a parabola.
    if (!(slope * scale > 2 * gain) && !(fresh && maxAbs(free) * scale > 1e-6)) {
      converged = Number.isFinite(value);
      // That last step costs one look, and near a maximum it doubles the digits of the place.
      const next = at.map((here, i) => inside(here + direction[i]!));
      const nextGradient = new Float64Array(n);
      const nextValue = maxAbs(direction) < 0.1 ? objective(next, nextGradient) : Number.NaN;
      evaluations++;
      if (nextValue >= value - noise(value)) [at, value, gradient] = [next, nextValue, nextGradient];
      break;
    }
    if (fresh) for (let i = 0; i < n; i++) direction[i]! /= Math.max(1e-12, maxAbs(free)) * 2;
    slope = dot(direction, free);
    const longest = maxAbs(direction);
    let step = Math.min(1, LONGEST / longest);
    const roof = LONGEST / longest;
    let low = 0;
    let high = Number.POSITIVE_INFINITY;
    let taken: { at: Float64Array; value: number; gradient: Float64Array } | undefined;
    for (let round = 0; round < 40 && evaluations < most; round++) {
      const next = at.map((here, i) => inside(here + step * direction[i]!));
      const nextGradient = new Float64Array(n);
      const nextValue = objective(next, nextGradient);
      evaluations++;
      if (!(nextValue >= value + 1e-4 * step * slope - noise(value))) high = step;
      else {
        taken = { at: next, value: nextValue, gradient: nextGradient };
        if (dot(nextGradient, direction) <= 0.9 * slope || step >= roof) break;
        low = step;
      }
      if (high - low < 1e-10 * high) break;
      step = Number.isFinite(high) ? (low + high) / 2 : Math.min(roof, step * 3);
    }
    if (!taken || (taken.value - value <= noise(value) && ++stalls > 3)) {
      // As high as the arithmetic can tell; once more with the plain gradient before believing it.
      if (!taken && !fresh) {
        curvature = identity(n);
        fresh = true;
        continue;
      }
      converged = Number.isFinite(value) && maxAbs(free) * Math.sqrt(scale) < 1e-2;
      if (taken && taken.value >= value) ({ at, value, gradient } = taken);
      break;
    }
    const moved = taken.at.map((there, i) => there - at[i]!);
    const bent = gradient.map((was, i) => was - taken.gradient[i]!);
    ({ at, value, gradient } = taken);
    curvature = updated(curvature, moved, bent, fresh);
    fresh = false;
  }
  return { at, value, gradient, curvature, evaluations, converged };
}

/** What sums of logarithms are uncertain by. */
const noise = (value: number) => 1e-13 * Math.abs(value);

/** The gradient without what points out of the box. Near the wall counts as at it: no maximum is told apart from the other side there. */
function freeGradient(at: Float64Array, gradient: Float64Array, limit: number): Float64Array {
  const wall = limit - 0.5;
  return gradient.map((slope, i) => ((at[i]! >= wall && slope > 0) || (at[i]! <= -wall && slope < 0) ? 0 : slope));
}

function updated(curvature: Float64Array, moved: Float64Array, bent: Float64Array, fresh: boolean): Float64Array {
  const n = moved.length;
  const sy = dot(moved, bent);
  if (!(sy > 1e-14 * Math.sqrt(dot(moved, moved) * dot(bent, bent)))) return curvature;
  const base = fresh ? identity(n).map((entry) => (entry * sy) / dot(bent, bent)) : curvature;
  const hy = times(base, bent);
  const yhy = dot(bent, hy);
  const next = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      next[i * n + j] = base[i * n + j]! + ((1 + yhy / sy) * moved[i]! * moved[j]!) / sy - (hy[i]! * moved[j]! + moved[i]! * hy[j]!) / sy;
  return next;
}

function identity(n: number): Float64Array {
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) matrix[i * n + i] = 1;
  return matrix;
}

function times(matrix: Float64Array, vector: Float64Array): Float64Array {
  const n = vector.length;
  return vector.map((_, i) => {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += matrix[i * n + j]! * vector[j]!;
    return sum;
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

const maxAbs = (vector: Float64Array) => vector.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);

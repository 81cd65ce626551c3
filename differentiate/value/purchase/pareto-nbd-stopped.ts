import { gaussLegendre } from '../arithmetic/gauss-legendre.ts';

export interface StoppedAt {
  /** r + x */
  shape: number;
  s: number;
  alpha: number;
  beta: number;
  tx: number;
  T: number;
}

/** ln(α + T) and the like, which the caller has at hand. */
export interface StoppedLogs {
  alphaT: number;
  betaT: number;
  alphaTx: number;
  betaTx: number;
}

/** ln of the odds, and its derivatives. */
export interface Stopped {
  lnOdds: number;
  dr: number;
  dAlpha: number;
  ds: number;
  dBeta: number;
}

/**
 * The odds that a Pareto/NBD customer stopped between the last purchase and T:
 * q = s (α+T)^shape (β+T)^s ∫ from tx to T of (α+u)^−shape (β+u)^−(s+1) du.
 *
 * Where α and β are near each other (seen from the last purchase) the integral is a difference of two hypergeometric series of
 * few terms, whose derivatives come along; elsewhere it is summed by quadrature.
 */
export function stopped(at: StoppedAt, logs: StoppedLogs, into: Stopped): void {
  const near = (at.alpha - at.beta) / (at.alpha + at.tx);
  const waited = logs.alphaT - logs.alphaTx;
  // The two ends of a short wait nearly cancel; a series with changing signs loses digits.
  if (Math.abs(near) < 0.5 && (near > 0 || -near * (at.s + 1) < 1.5) && waited * (at.shape + at.s) > 0.05) bySeries(at, logs, into);
  else byQuadrature(at, logs, into);
}

/** Value and derivatives of F(z) = Σ (s+1)_n/n! · zⁿ/(m+n), which is 2F1(m, s+1; m+1; z)/m. */
const end = { value: 0, dm: 0, ds: 0, dz: 0 };

function series(m: number, s: number, z: number): void {
  let term = 1;
  let value = 1 / m;
  let dm = -1 / (m * m);
  let ds = 0;
  let dz = 0;
  let rising = 0;
  for (let n = 1; n < 400; n++) {
    const before = term * (s + n);
    // d/dz of zⁿ is n·zⁿ⁻¹, so the n of the factorial goes.
    const inverse = 1 / (m + n);
    dz += before * inverse;
    term = (before / n) * z;
    rising += 1 / (s + n);
    const part = term * inverse;
    value += part;
    dm -= part * inverse;
    ds += part * rising;
    if (Math.abs(part) < 1e-16 * value && n > 3) break;
  }
  end.value = value;
  end.dm = dm;
  end.ds = ds;
  end.dz = dz;
}

/** With m = shape + s, ∫ from tx to ∞ is F((α−β)/(α+tx)) · (α+tx)^−m; likewise from T. */
function bySeries({ shape, s, alpha, beta, tx, T }: StoppedAt, logs: StoppedLogs, into: Stopped): void {
  const m = shape + s;
  const difference = alpha - beta;
  const atTx = 1 / (alpha + tx);
  const atT = 1 / (alpha + T);
  // All relative to (α+tx)^−m.
  const shrink = Math.exp(m * (logs.alphaTx - logs.alphaT));
  series(m, s, difference * atTx);
  let value = end.value;
  let dm = end.dm; // and −ln(α+tx) of the factor taken out
  let ds = end.ds;
  let dAlpha = end.dz * atTx * (1 - difference * atTx) - m * atTx * end.value;
  let dBeta = -end.dz * atTx;
  series(m, s, difference * atT);
  value -= shrink * end.value;
  dm -= shrink * (end.dm - (logs.alphaT - logs.alphaTx) * end.value);
  ds -= shrink * end.ds;
  dAlpha -= shrink * (end.dz * atT * (1 - difference * atT) - m * atT * end.value);
  dBeta += shrink * end.dz * atT;

  into.lnOdds = Math.log(s * value) - m * logs.alphaTx + shape * logs.alphaT + s * logs.betaT;
  into.dr = dm / value - logs.alphaTx + logs.alphaT;
  into.ds = 1 / s + (dm + ds) / value - logs.alphaTx + logs.betaT;
  into.dAlpha = dAlpha / value + shape * atT;
  into.dBeta = dBeta / value + s / (beta + T);
}

/** Few points are exact to the last digit over a short reach on which the integrand falls little. */
const RULES = [
  { reach: 1.2, fall: 2.5, ...gaussLegendre(8) },
  { reach: 2, fall: 8, ...gaussLegendre(12) },
  { reach: Number.POSITIVE_INFINITY, fall: Number.POSITIVE_INFINITY, ...gaussLegendre(24) },
] as const;
const WHOLE = RULES[2];
/** What is e^−40 of where it began adds nothing in sixteen digits. */
const NOTHING_LEFT = 40;

/** By how much the logarithm of the integrand has fallen at v. */
function fallAt(v: number, c: number, { shape, s, alpha, beta, tx }: StoppedAt, logs: StoppedLogs): number {
  const u = tx + c * Math.expm1(v);
  return shape * (Math.log(alpha + u) - logs.alphaTx) + (s + 1) * (Math.log(beta + u) - logs.betaTx) - v;
}

/**
 * Over v = ln(1 + (u−tx)/c), where c makes the integrand fall as evenly as it can: in v it is near e^(−m·v). Where one of α and β
 * is far from the other it falls in two manners, one after the other, and c follows the quicker. The far end is cut where nothing is left.
 */
function byQuadrature(at: StoppedAt, logs: StoppedLogs, into: Stopped): void {
  const { shape, s, alpha, beta, tx, T } = at;
  const uneven = alpha + tx > 3 * (beta + tx) || beta + tx > 3 * (alpha + tx);
  const even = (shape + s + 1) / (shape / (alpha + tx) + (s + 1) / (beta + tx));
  const c = uneven ? Math.min(even, Math.min(alpha, beta) + tx) : even;
  let reach = Math.log1p((T - tx) / c);
  let fall = fallAt(reach, c, at, logs);
  if (fall > NOTHING_LEFT) {
    // It may fall slowly at first and then steeply: halved until the end is neither far too early nor far too late.
    let near = 0;
    for (let far = reach; far - near > 0.01 * far; ) {
      reach = (near + far) / 2;
      fall = fallAt(reach, c, at, logs);
      if (fall > 1.5 * NOTHING_LEFT) far = reach;
      else if (fall < NOTHING_LEFT) near = reach;
      else break;
    }
  }
  // Where c is the least of both the integrand is smooth far beyond the reach: its next pole is π away from the line.
  let rule: (typeof RULES)[number] = WHOLE;
  if (uneven)
    for (let few = 0; few < RULES.length; few++) {
      rule = RULES[few]!;
      if (reach <= rule.reach && fall <= rule.fall) break;
    }
  const { nodes, weights } = rule;
  const panels = Math.ceil(reach / (uneven ? 2 : 4));
  let value = 0;
  let dr = 0;
  let dAlpha = 0;
  let ds = 0;
  let dBeta = 0;
  for (let panel = 0; panel < panels; panel++) {
    for (let i = 0; i < nodes.length; i++) {
      const v = (reach * (panel + nodes[i]!)) / panels;
      const grown = Math.exp(v);
      const u = tx + c * (grown - 1);
      const inverseAlpha = 1 / (alpha + u);
      const inverseBeta = 1 / (beta + u);
      const lnAlpha = Math.log(alpha + u) - logs.alphaTx;
      const lnBeta = Math.log(beta + u) - logs.betaTx;
      const part = weights[i]! * Math.exp(-shape * lnAlpha - s * lnBeta) * c * grown * inverseBeta;
      value += part;
      dr -= part * lnAlpha;
      dAlpha -= part * shape * inverseAlpha;
      ds -= part * lnBeta;
      dBeta -= part * (s + 1) * inverseBeta;
    }
  }
  // Relative to (α+tx)^−shape (β+tx)^−s.
  into.lnOdds = Math.log((s * value * reach) / panels) + shape * (logs.alphaT - logs.alphaTx) + s * (logs.betaT - logs.betaTx);
  into.dr = dr / value + logs.alphaT - logs.alphaTx;
  into.ds = 1 / s + ds / value + logs.betaT - logs.betaTx;
  into.dAlpha = dAlpha / value + shape / (alpha + T);
  into.dBeta = dBeta / value + s / (beta + T);
}

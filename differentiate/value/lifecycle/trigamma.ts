/** Second derivative of log Γ at x > 0; recurrence up to 6, then the asymptotic series (Abramowitz & Stegun, 6.4.12). */
export function trigamma(x: number): number {
  let sum = 0;
  for (; x < 6; x++) sum += 1 / (x * x);
  const r = 1 / (x * x);
  return sum + 1 / x + r / 2 + (r / x) * (1 / 6 - r * (1 / 30 - r * (1 / 42 - r / 30)));
}

/** The x whose trigamma is `y` > 0, by Newton's method from below (Smyth 2004, appendix). */
export function inverseTrigamma(y: number): number {
  if (y > 1e7) return 1 / Math.sqrt(y);
  if (y < 1e-6) return 1 / y;
  let x = 0.5 + 1 / y;
  for (let step = 0; step < 50; step++) {
    const value = trigamma(x);
    const change = (value * (1 - value / y)) / tetragamma(x);
    x += change;
    if (-change / x < 1e-8) break;
  }
  return x;
}

function tetragamma(x: number): number {
  let sum = 0;
  for (; x < 6; x++) sum -= 2 / (x * x * x);
  const r = 1 / (x * x);
  return sum - r - r / x - r * r * (1 / 2 - r * (1 / 6 - r * (1 / 6 - (3 / 10) * r)));
}

/**
 * Solves A·x = b for a symmetric positive definite A by Cholesky's decomposition. A direction in which A says nothing
 * (a column that never varies) is given a pivot of one ten-thousand-millionth, so that its solution stays near 0.
 *
 * @param a Row-major, size × size; its lower triangle is read, and overwritten with the factor.
 * @param b Overwritten with the solution, and returned.
 */
export function solvePositiveDefinite(a: Float64Array, b: Float64Array): Float64Array {
  const size = b.length;
  for (let j = 0; j < size; j++) {
    let pivot = a[j * size + j]!;
    for (let k = 0; k < j; k++) pivot -= a[j * size + k]! ** 2;
    const root = Math.sqrt(Math.max(pivot, 1e-10));
    a[j * size + j] = root;
    for (let i = j + 1; i < size; i++) {
      let sum = a[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= a[i * size + k]! * a[j * size + k]!;
      a[i * size + j] = sum / root;
    }
  }
  for (let i = 0; i < size; i++) {
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= a[i * size + k]! * b[k]!;
    b[i] = sum / a[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = b[i]!;
    for (let k = i + 1; k < size; k++) sum -= a[k * size + i]! * b[k]!;
    b[i] = sum / a[i * size + i]!;
  }
  return b;
}

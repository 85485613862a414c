/**
 * Makes `values` the nearest sequence that never falls, in place, by weighted least squares (pool
 * adjacent violators; Barlow et al., "Statistical Inference under Order Restrictions", 1972).
 */
export function makeRise(values: Float64Array, weights: ArrayLike<number>): void {
  const levels: number[] = [];
  const masses: number[] = [];
  const starts: number[] = [];
  for (let i = 0; i < values.length; i++) {
    let level = values[i] as number;
    let mass = (weights[i] as number) + LEAST_WEIGHT;
    let start = i;
    while (levels.length > 0 && (levels.at(-1) as number) > level) {
      const [above, share] = [levels.pop() as number, masses.pop() as number];
      level = (above * share + level * mass) / (share + mass);
      mass += share;
      start = starts.pop() as number;
    }
    levels.push(level);
    masses.push(mass);
    starts.push(start);
  }
  for (const [i, level] of levels.entries()) values.fill(level, starts[i], starts[i + 1]);
}

/** What counts for nothing still stands somewhere. */
const LEAST_WEIGHT = 1e-3;

import { type Fingerprint, STEPS_PER_EV } from './fingerprint.ts';

/** Between these steps a cell is neither black nor clipped. */
const [DARK, BRIGHT] = [40, 246] as const;
/** Least share of cells that must be so in both frames. */
const LEAST_CELLS = 0.03;

/** Mean of all cells, in EV below white: how bright a frame is as a whole. */
export function levelOf({ cells }: Fingerprint): number {
  let sum = 0;
  for (const cell of cells) sum += cell;
  return (sum / cells.length - 255) / STEPS_PER_EV;
}

/**
 * How many EV brighter `b` is than `a` when both show the same view: the median over the cells
 * that both exposures hold. Cameras bend the ends of their curves, so steps of more than two EV
 * come out too small. Frames that share no such cells are compared as wholes.
 */
export function exposureStep(a: Fingerprint, b: Fingerprint): number {
  const steps: number[] = [];
  const count = Math.min(a.cells.length, b.cells.length);
  for (let i = 0; i < count; i++) {
    const [before, after] = [a.cells[i] as number, b.cells[i] as number];
    if (before > DARK && before < BRIGHT && after > DARK && after < BRIGHT)
      steps.push(after - before);
  }
  if (steps.length < count * LEAST_CELLS) return levelOf(b) - levelOf(a);
  steps.sort((x, y) => x - y);
  return (steps[steps.length >> 1] as number) / STEPS_PER_EV;
}

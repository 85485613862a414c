import type { Blocks } from './bands.ts';

export type Detail = {
  /** Finest detail beside larger detail, over that of the reference; below 1 something was blurred. */
  readonly detailKept: number;
  /** Grain on flat surfaces, standard deviation in 8-bit levels of the small view. */
  readonly grain: number;
  /** The same in the reference. */
  readonly grainBefore: number;
  /** What of it neither the reference nor brightening it explains. */
  readonly grainAdded: number;
};

/** Larger detail (root mean square, 0..1) from which on a block has edges. */
const EDGES = 10 / 255;

/** The calmest share of blocks is where grain is read. */
const CALM_SHARE = 0.15;

/** Opening the shadows raises their grain along; by about this much it may. */
const RAISED = 1.6;

/** Brightness between which grain is read: darker is lifted, brighter is clipped. */
const DARKEST = 0.15;
const BRIGHTEST = 0.9;

export function detailOf(result: Blocks, reference: Blocks): Detail {
  const grain = grainOf(result, reference) * 255;
  const grainBefore = grainOf(reference, reference) * 255;
  return {
    detailKept: fineness(result, reference) / Math.max(1e-6, fineness(reference, reference)),
    grain,
    grainBefore,
    grainAdded: grain - RAISED * grainBefore,
  };
}

/** Median over blocks with edges, of the reference, of finest over larger detail. */
function fineness(blocks: Blocks, reference: Blocks): number {
  const ratios: number[] = [];
  for (let i = 0; i < blocks.fine.length; i++) {
    if ((reference.coarse[i] as number) < EDGES) continue;
    ratios.push((blocks.fine[i] as number) / Math.max(1e-4, blocks.coarse[i] as number));
  }
  return ratios.length < 8 ? 1 : median(ratios);
}

function grainOf(blocks: Blocks, reference: Blocks): number {
  const calm = [...reference.coarse.keys()]
    .filter((i) => {
      const mean = blocks.mean[i] as number;
      return mean > DARKEST && mean < BRIGHTEST;
    })
    .sort((a, b) => (reference.coarse[a] as number) - (reference.coarse[b] as number));
  const chosen = calm.slice(0, Math.max(1, Math.ceil(calm.length * CALM_SHARE)));
  return chosen.length === 0 ? 0 : median(chosen.map((i) => blocks.fine[i] as number));
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

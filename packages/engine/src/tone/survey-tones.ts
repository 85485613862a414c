import { createEnlarger } from '../pixels/enlarge.ts';
import { LUMA_B, LUMA_G, LUMA_R, type Picture, type Plane } from '../pixels/picture.ts';
import { smoothStep } from './smooth-step.ts';

/** Levels of luma that a node of the grid tells apart, black and white included. */
export const LEVELS = 33;

/** Cells along the longer side of a photo: as fine as light changes in a room, coarser than its things. */
const CELLS = 48;

/** Pixels that are looked at; more would tell the same. */
const SAMPLES = 100_000;

/** Bins of the histograms over 0..1. */
const BINS = 1024;

/** Luma from which a surface is taken for a window or a lamp, and that over which it fades in. */
const GLARE = [0.9, 0.08] as const;

/**
 * What one look over a photo finds. Node (i, j) of the grid lies at the share i / (columns - 1) of the
 * width and j / (rows - 1) of the height; data per node lie row by row.
 */
export type ToneSurvey = {
  readonly columns: number;
  readonly rows: number;
  readonly levels: number;
  /** Samples near each node at each level, and the sums of their luma: LEVELS per node. */
  readonly counts: Float32Array;
  readonly sums: Float32Array;
  /** How much pale, unglaring surface there is at each node, and that weight times luma cubed. */
  readonly paleWeights: Float32Array;
  readonly paleCubes: Float32Array;
  /** Luma of all samples. */
  readonly luma: Uint32Array;
  /** Luma of what the photo is exposed for: colours, glare and deep shadows count less. */
  readonly subject: Float64Array;
  /** The strongest of the three channels. */
  readonly strongest: Uint32Array;
  /** Share of the photo in blue or green that is not pale: sky and leaves, hardly ever a room. */
  readonly nature: number;
};

/**
 * Gathers everything the plan needs in one pass.
 * @param spared share (0..1) of each place that the photo is not exposed for; any size
 */
export function surveyTones(picture: Picture, spared: Plane | null): ToneSurvey {
  const { width, height, data } = picture;
  const cell = Math.max(width, height) / CELLS;
  const columns = Math.max(1, Math.round(width / cell)) + 1;
  const rows = Math.max(1, Math.round(height / cell)) + 1;
  const counts = new Float32Array(columns * rows * LEVELS);
  const sums = new Float32Array(counts.length);
  const paleWeights = new Float32Array(columns * rows);
  const paleCubes = new Float32Array(columns * rows);
  const [luma, strongest] = [new Uint32Array(BINS), new Uint32Array(BINS)];
  const subject = new Float64Array(BINS);
  const step = Math.max(1, Math.round(Math.sqrt((width * height) / SAMPLES)));
  const spare = new Float32Array(width);
  const readSpared = spared === null ? null : createEnlarger(spared, width, height);
  let [nature, samples] = [0, 0];
  for (let y = Math.min(height - 1, step >> 1); y < height; y += step) {
    readSpared?.(y, spare);
    const nodeRow = Math.round(((y + 0.5) / height) * (rows - 1)) * columns;
    for (let x = Math.min(width - 1, step >> 1); x < width; x += step) {
      const node = nodeRow + Math.round(((x + 0.5) / width) * (columns - 1));
      const at = (y * width + x) * 3;
      const r = (data[at] as number) / 65535;
      const g = (data[at + 1] as number) / 65535;
      const b = (data[at + 2] as number) / 65535;
      const value = LUMA_R * r + LUMA_G * g + LUMA_B * b;
      const high = r > g ? (r > b ? r : b) : g > b ? g : b;
      const low = r < g ? (r < b ? r : b) : g < b ? g : b;

      const position = value * (LEVELS - 1);
      const level = Math.min(LEVELS - 2, position | 0);
      const share = position - level;
      const cellAt = node * LEVELS + level;
      counts[cellAt] = (counts[cellAt] as number) + 1 - share;
      counts[cellAt + 1] = (counts[cellAt + 1] as number) + share;
      sums[cellAt] = (sums[cellAt] as number) + (1 - share) * value;
      sums[cellAt + 1] = (sums[cellAt + 1] as number) + share * value;

      const purity = (high - low) / Math.max(0.15, high);
      const pale = 1 - smoothStep((purity - 0.15) / 0.35);
      const lit = smoothStep(high / 0.12);
      const open = 1 - (spare[x] as number);
      const calm = open * (1 - smoothStep((value - GLARE[0]) / GLARE[1]));
      const weight = (0.05 + pale) * calm;
      paleWeights[node] = (paleWeights[node] as number) + weight;
      paleCubes[node] = (paleCubes[node] as number) + weight * value * value * value;

      const bin = Math.min(BINS - 1, (value * BINS) | 0);
      luma[bin] = (luma[bin] as number) + 1;
      subject[bin] = (subject[bin] as number) + (0.3 + 0.7 * pale) * (0.3 + 0.7 * lit) * calm;
      const top = Math.min(BINS - 1, (high * BINS) | 0);
      strongest[top] = (strongest[top] as number) + 1;
      if (r <= g) nature += smoothStep((purity - 0.12) / 0.2) * lit;
      samples++;
    }
  }
  return {
    ...{ columns, rows, levels: LEVELS, counts, sums, paleWeights, paleCubes },
    ...{ luma, subject, strongest, nature: nature / samples },
  };
}

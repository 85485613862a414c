import { type FrameSource, readChannelRow } from '../pixels/frame-source.ts';
import { createPicture, createPlane, type Picture, type Plane } from '../pixels/picture.ts';
import { expandRow, gaussianPyramid, halved, reduceRows } from '../pixels/pyramid.ts';
import { normaliseWeights, rawWeights, type WeightSettings, weightLevel } from './weights.ts';

/**
 * Exposure fusion by Laplacian pyramid blending: Mertens, Kautz & Van Reeth 2007, section 3.2,
 * L_l{R} = sum_k G_l{W_k} L_l{I_k}.
 *
 * The finest level, three quarters of all work and memory, is never stored: it is blended row by
 * row from the frames' codes while the result is written. One channel is fused at a time.
 */

/** Called between strips with the share done, 0..1; may throw to stop. */
export type Pulse = (fraction: number) => Promise<void>;

/** A weight pyramid: `levels[l]` belongs to pyramid level `l + first`. */
type WeightPyramid = { readonly first: 0 | 1; readonly levels: readonly Plane[] };

/** Share of the running time that goes into the weights. */
const WEIGHTS_SHARE = 0.2;

/**
 * Fuses frames of one size into one picture.
 * @param sources one or more, all with the same window size
 */
export async function fuse(
  sources: readonly FrameSource[],
  settings: WeightSettings,
  pulse: Pulse,
): Promise<Picture> {
  const [first] = sources;
  if (first === undefined) throw new RangeError('fuse needs at least one frame');
  const { width, height } = first;
  const weights = await weightPyramids(sources, settings, (fraction) =>
    pulse(fraction * WEIGHTS_SHARE),
  );
  const picture = createPicture(width, height);
  for (let channel = 0; channel < 3; channel++) {
    const report: Pulse = (fraction) =>
      pulse(WEIGHTS_SHARE + ((1 - WEIGHTS_SHARE) * (channel + fraction)) / 3);
    await fuseChannel({ sources, weights, picture, channel }, report);
  }
  return picture;
}

/** Number of pyramid levels; the coarsest is one to two pixels on its short side (the paper: log2 of it). */
function pyramidLevels(width: number, height: number): number {
  return Math.max(2, Math.floor(Math.log2(Math.min(width, height))));
}

async function weightPyramids(
  sources: readonly FrameSource[],
  settings: WeightSettings,
  pulse: Pulse,
): Promise<WeightPyramid[]> {
  const bases: Plane[] = [];
  for (const source of sources) {
    bases.push(rawWeights(source, settings));
    await pulse(bases.length / (sources.length + 1));
  }
  normaliseWeights(bases);
  const [source] = sources;
  if (source === undefined) return [];
  const first = weightLevel(source.width, source.height);
  const levels = pyramidLevels(source.width, source.height) - first;
  return bases.map((base) => ({ first, levels: gaussianPyramid(base, Math.max(1, levels)) }));
}

type ChannelJob = {
  readonly sources: readonly FrameSource[];
  readonly weights: readonly WeightPyramid[];
  readonly picture: Picture;
  readonly channel: number;
};

async function fuseChannel(job: ChannelJob, pulse: Pulse): Promise<void> {
  const { width, height } = job.picture;
  const levels = pyramidLevels(width, height);
  const halves: Plane[] = [];
  for (const source of job.sources) {
    halves.push(
      reduceRows(width, height, (y, into) =>
        readChannelRow(source, { y, channel: job.channel }, into),
      ),
    );
    await pulse((0.3 * halves.length) / job.sources.length);
  }
  const coarse = blendCoarse(halves, job.weights, levels);
  await pulse(0.5);
  await blendFinest({ ...job, halves, coarse }, (fraction) => pulse(0.5 + 0.5 * fraction));
}

/** Blends and collapses levels 1.. of one channel; the result is half the picture's size. */
function blendCoarse(
  halves: readonly Plane[],
  weights: readonly WeightPyramid[],
  levels: number,
): Plane {
  const blended: Plane[] = [];
  for (const [k, half] of halves.entries()) {
    const pyramid = gaussianPyramid(half, Math.max(1, levels - 1));
    for (const [index, plane] of pyramid.entries()) {
      blended[index] ??= createPlane(plane.width, plane.height);
      addWeightedDetail(blended[index], weightPlane(weights[k], index + 1), {
        plane,
        coarser: pyramid[index + 1] ?? null,
      });
    }
  }
  return collapse(blended);
}

function weightPlane(weights: WeightPyramid | undefined, level: number): Plane {
  const plane = weights?.levels[Math.min(level - (weights?.first ?? 0), weights.levels.length - 1)];
  if (plane === undefined) throw new RangeError(`no weights for pyramid level ${level}`);
  return plane;
}

/** into += weight * (plane - expanded coarser level); the coarsest level has none and counts whole. */
function addWeightedDetail(
  into: Plane,
  weight: Plane,
  detail: { plane: Plane; coarser: Plane | null },
): void {
  const { width, height } = into;
  const low = new Float32Array(width);
  const column = new Float32Array(detail.coarser?.width ?? 0);
  for (let y = 0; y < height; y++) {
    if (detail.coarser !== null) expandRow(detail.coarser, y, { into: low, column });
    const from = y * width;
    for (let x = 0; x < width; x++) {
      const value = (detail.plane.data[from + x] as number) - (low[x] as number);
      into.data[from + x] =
        (into.data[from + x] as number) + (weight.data[from + x] as number) * value;
    }
  }
}

/** Sums a Laplacian pyramid up, in place, to its finest level. */
function collapse(pyramid: readonly Plane[]): Plane {
  let sum = pyramid.at(-1);
  for (let level = pyramid.length - 2; level >= 0; level--) {
    const finer = pyramid[level];
    if (sum === undefined || finer === undefined) break;
    addExpanded(finer, sum);
    sum = finer;
  }
  if (sum === undefined) throw new RangeError('an empty pyramid has no picture');
  return sum;
}

function addExpanded(finer: Plane, coarse: Plane): void {
  const { width, height, data } = finer;
  const rows = { into: new Float32Array(width), column: new Float32Array(coarse.width) };
  for (let y = 0; y < height; y++) {
    expandRow(coarse, y, rows);
    const from = y * width;
    for (let x = 0; x < width; x++)
      data[from + x] = (data[from + x] as number) + (rows.into[x] as number);
  }
}

type FinestJob = ChannelJob & { readonly halves: readonly Plane[]; readonly coarse: Plane };

/** Blends level 0 row by row and writes the finished channel. */
async function blendFinest(job: FinestJob, pulse: Pulse): Promise<void> {
  const { width, height } = job.picture;
  const rows = createRows(width);
  const strip = Math.max(8, Math.floor(500_000 / width));
  for (let y = 0; y < height; y++) {
    expandRow(job.coarse, y, { into: rows.sum, column: rows.column });
    rows.min.fill(1);
    rows.max.fill(0);
    for (const [k, source] of job.sources.entries()) {
      const half = job.halves[k];
      const weights = job.weights[k];
      if (half === undefined || weights === undefined) continue;
      readChannelRow(source, { y, channel: job.channel }, rows.value);
      expandRow(half, y, { into: rows.low, column: rows.column });
      readWeightRow(weights, y, rows);
      addDetailRow(rows);
    }
    writeChannelRow(job, y, rows);
    if (y % strip === strip - 1) await pulse((y + 1) / height);
  }
}

type Rows = Readonly<
  Record<'sum' | 'value' | 'low' | 'weight' | 'min' | 'max' | 'column', Float32Array>
>;

function createRows(width: number): Rows {
  const row = () => new Float32Array(width);
  return {
    sum: row(),
    value: row(),
    low: row(),
    weight: row(),
    min: row(),
    max: row(),
    column: new Float32Array(halved(width)),
  };
}

function readWeightRow(weights: WeightPyramid, y: number, rows: Rows): void {
  const base = weightPlane(weights, weights.first);
  if (weights.first === 1) expandRow(base, y, { into: rows.weight, column: rows.column });
  else rows.weight.set(base.data.subarray(y * base.width, (y + 1) * base.width));
}

function addDetailRow(rows: Rows): void {
  const { sum, value, low, weight, min, max } = rows;
  for (let x = 0; x < sum.length; x++) {
    const v = value[x] as number;
    sum[x] = (sum[x] as number) + (weight[x] as number) * (v - (low[x] as number));
    if (v < (min[x] as number)) min[x] = v;
    if (v > (max[x] as number)) max[x] = v;
  }
}

/** How far (0..1) a fused value may leave the range of its own exposures before it is held back. */
const RANGE_SLACK = 0.02;

/**
 * The darkest frame of a bracket is black in every shadow, so the range alone would let an undershoot
 * beside a bright wall block a shadow that another frame shows. Below this value, or this share of
 * the brightest frame's, values bend towards black without reaching it.
 */
const TOE = 0.06;
const TOE_SHARE = 0.5;

/**
 * Blending can overshoot the exposures it came from (halos beside windows); no photo of the place
 * ever had those values, so they are held to the range the frames span at that pixel.
 */
function writeChannelRow(job: ChannelJob, y: number, rows: Rows): void {
  const { width, data } = job.picture;
  let at = y * width * 3 + job.channel;
  for (let x = 0; x < width; x++) {
    const brightest = rows.max[x] as number;
    const low = Math.max(0, (rows.min[x] as number) - RANGE_SLACK);
    const high = Math.min(1, brightest + RANGE_SLACK);
    const value = toe(rows.sum[x] as number, Math.min(TOE, TOE_SHARE * brightest));
    data[at] = (value < low ? low : value > high ? high : value) * 65535 + 0.5;
    at += 3;
  }
}

/** Identity from `knee` up; below, a hyperbola that starts with the same slope and ends at 0. */
function toe(value: number, knee: number): number {
  return value >= knee ? value : (knee * knee) / Math.max(1e-6, 2 * knee - value);
}

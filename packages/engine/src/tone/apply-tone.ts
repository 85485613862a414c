import { createEnlarger } from '../pixels/enlarge.ts';
import { createPicture, LUMA_B, LUMA_G, LUMA_R, type Picture } from '../pixels/picture.ts';
import type { ToneGrid, TonePlan } from './plan-tone.ts';
import { smoothStep } from './smooth-step.ts';

/**
 * Colours whose channels lie further apart than the first number get less of the change, up to HOLD
 * less from the second on: a deep sky or a red chair, dark by its luma and bright by one channel, would
 * be washed out or pressed flat against full scale.
 */
const HOLD_FROM = 0.3;
const HOLD_TO = 0.8;
const HOLD = 0.85;

/** Darker channels than this say little about purity. */
const DARK = 0.1;

/** Colourfulness pushes no channel beyond this: 252 of 255, so that nothing clips. */
const TOP = 252 / 255;

/** Purity over which strong oranges begin to be held back. */
const CALM_FROM = 0.2;
const CALM_TO = 0.6;

/** Factors from R - Y and B - Y to Cr and Cb of Rec. 709. */
const TO_CR = 1 / 1.5748;
const TO_CB = 1 / 1.8556;

/**
 * Carries a plan out on an interleaved picture; kernels/tone.ts does the same on planes.
 *
 * The local curve is read for the strongest and the weakest channel, and the third keeps its place
 * between them: hues stay, and colours neither clip nor turn neon, because they grow by the slope of
 * the curve and not by its height.
 */
export function applyTone(picture: Picture, plan: TonePlan): Picture {
  const { width, height } = picture;
  const { grid } = plan;
  const out = createPicture(width, height);
  const row: Row = {
    curves: new Float32Array(grid.columns * grid.levels),
    high: new Float32Array(width),
    low: new Float32Array(width),
    toHigh: new Float32Array(width),
    toLow: new Float32Array(width),
    spared: new Float32Array(width),
  };
  const readSpared = plan.spared === null ? null : createEnlarger(plan.spared, width, height);
  for (let y = 0; y < height; y++) {
    mixCurves(grid, ((y + 0.5) / height) * (grid.rows - 1), row.curves);
    const from = y * width * 3;
    const pixels = picture.data.subarray(from, from + width * 3);
    readSpared?.(y, row.spared);
    readEnds(pixels, row);
    readCurves(grid, row);
    writeRow({ pixels, row, plan }, out.data.subarray(from, from + width * 3));
  }
  return out;
}

type Row = {
  /** The curves of the grid at this height, node by node. */
  readonly curves: Float32Array;
  /** Strongest and weakest channel of each pixel, and what the curves make of them. */
  readonly high: Float32Array;
  readonly low: Float32Array;
  readonly toHigh: Float32Array;
  readonly toLow: Float32Array;
  /** Share of each pixel that stays as it is. */
  readonly spared: Float32Array;
};

/** Interpolates two rows of nodes; `place` counts rows from the top. */
function mixCurves({ columns, rows, levels, values }: ToneGrid, place: number, into: Float32Array) {
  const upper = Math.min(rows - 2, place | 0);
  const share = place - upper;
  const size = columns * levels;
  for (let i = 0, at = upper * size; i < size; i++, at++) {
    const above = values[at] as number;
    into[i] = above + share * ((values[at + size] as number) - above);
  }
}

function readEnds(pixels: Uint16Array, { high, low }: Row): void {
  for (let x = 0, at = 0; x < high.length; x++, at += 3) {
    const r = pixels[at] as number;
    const g = pixels[at + 1] as number;
    const b = pixels[at + 2] as number;
    high[x] = (r > g ? (r > b ? r : b) : g > b ? g : b) / 65535;
    low[x] = (r < g ? (r < b ? r : b) : g < b ? g : b) / 65535;
  }
}

function readCurves({ columns, levels }: ToneGrid, { curves, high, low, toHigh, toLow }: Row) {
  const width = high.length;
  const last = levels - 1;
  for (let x = 0; x < width; x++) {
    const place = ((x + 0.5) / width) * (columns - 1);
    const column = Math.min(columns - 2, place | 0);
    const right = place - column;
    const from = column * levels;
    for (let end = 0; end < 2; end++) {
      const position = ((end === 0 ? high[x] : low[x]) as number) * last;
      const level = Math.min(last - 1, position | 0);
      const share = position - level;
      const at = from + level;
      const a = curves[at] as number;
      const b = curves[at + levels] as number;
      const onLeft = a + share * ((curves[at + 1] as number) - a);
      const onRight = b + share * ((curves[at + levels + 1] as number) - b);
      (end === 0 ? toHigh : toLow)[x] = onLeft + right * (onRight - onLeft);
    }
  }
}

type RowWork = { readonly pixels: Uint16Array; readonly row: Row; readonly plan: TonePlan };

function writeRow({ pixels, row, plan }: RowWork, into: Uint16Array): void {
  const { high, low, toHigh, toLow, spared } = row;
  const { richness, calm } = plan;
  const vividness = plan.saturation - 1;
  for (let x = 0, at = 0; x < high.length; x++, at += 3) {
    const r = (pixels[at] as number) / 65535;
    const g = (pixels[at + 1] as number) / 65535;
    const b = (pixels[at + 2] as number) / 65535;
    const luma = LUMA_R * r + LUMA_G * g + LUMA_B * b;
    const bottom = low[x] as number;
    const range = (high[x] as number) - bottom;
    const toBottom = toLow[x] as number;
    const toRange = (toHigh[x] as number) - toBottom;

    const open = 1 - (spared[x] as number);
    const held = 1 - HOLD * smoothStep((range - HOLD_FROM) / (HOLD_TO - HOLD_FROM));
    const hold = open * held;
    const share = range > 0 ? (luma - bottom) / range : 0.5;
    const toned = luma + hold * (toBottom + share * toRange - luma);
    const film = range > 0 ? 1 + hold * (toRange / range - 1) : 1;

    const above = ((high[x] as number) - luma) * film;
    const below = (luma - bottom) * film;
    const left = (above + below) / Math.max(DARK, toned + above);
    const quiet = Math.max(0, 1 - left * left);
    const grown = Math.max(0, toned / Math.max(0.02, luma) - film);
    const rich = film + open * richness * quiet * grown;
    const wanted = rich * (1 + open * vividness * (vividness < 0 ? 1 : quiet));
    const extra = wanted / film - 1;
    const room = bendIn(extra * above, TOP - toned - above);
    const floor = bendIn(extra * below, toned - below);
    const vivid = extra > 0 ? film * (1 + extra * Math.min(room, floor)) : wanted;

    const cr = (r - luma) * TO_CR;
    const cb = (b - luma) * TO_CB;
    const orange = cr > 0 && cb < 0 ? 1 - Math.abs(cr + cb) / (cr - cb) : 0;
    const strong = smoothStep((left - CALM_FROM) / (CALM_TO - CALM_FROM));
    const scale = vivid * (1 - open * calm * orange * orange * strong);
    into[at] = clamped(toned + (r - luma) * scale);
    into[at + 1] = clamped(toned + (g - luma) * scale);
    into[at + 2] = clamped(toned + (b - luma) * scale);
  }
}

/** Share of a step that is taken so that it bends into the room that is left for it. */
function bendIn(step: number, room: number): number {
  if (step <= 0) return 1;
  return room > 0 ? room / (room + step) : 0;
}

function clamped(value: number): number {
  return (value <= 0 ? 0 : value >= 1 ? 1 : value) * 65535 + 0.5;
}

import { createPlane, type Plane } from '../pixels/picture.ts';
import { srgbToLinear, tabulate } from '../pixels/srgb.ts';
import type { Overview } from '../plan/plan.ts';

/** An exposure reduced for looking at, and how much longer the room exposure is. */
export type Look = {
  /** Index into the overviews. */
  readonly index: number;
  readonly luma: Plane;
  /** EV between this exposure and the room exposure; 0 for that one, positive for darker ones. */
  readonly darker: number;
};

/** What the exposures say together about the light in the scene. */
export type BracketLight = {
  /** Overview pixels per pixel of the planes here, a power of two. */
  readonly factor: number;
  /** The exposure that shows the room best. */
  readonly room: Look;
  /** Exposures that are darker than it, the darkest first. */
  readonly darker: readonly Look[];
  /** log2 of linear light; 0 is where the room exposure clips. */
  readonly light: Plane;
  /** Which exposure it was taken from: 0 for the room exposure, else one more than in `darker`. */
  readonly source: Uint8Array;
};

/** Mean luma of an exposure that shows a room as a finished photo would. */
const ROOM_MEAN = 0.47;

/**
 * Overviews larger than this are halved until they are not: all limits here were found on some 200,000
 * pixels, and what is found there is carried to larger ones by the edges of both pictures.
 */
const LARGEST_AREA = 200_000;

/** Encoded luma between which a pixel says something about how far apart two exposures are. */
const USABLE_FROM = 0.1;
const USABLE_TO = 0.92;

/** Above this a pixel may be clipped, and a darker exposure is asked. */
const CLIPPED = 0.94;

/** EV apart when no pixel is usable in both of two exposures; the usual step of a bracket. */
const USUAL_STEP = 2;
const FEWEST_PIXELS = 100;

/** Pixels that are looked at to compare exposures. */
const SAMPLES = 20_000;

/** Exposures closer than this to the room exposure show no more of a window than it does. */
const NOTABLY_DARKER = 0.6;

const TABLE = 1024;
const LOG_LIGHT = tabulate(TABLE + 1, (value) =>
  Math.log2(Math.max(1 / 4096, srgbToLinear(value))),
);

/** Orders the exposures by light and puts them on one scale. All must have the same size. */
export function measureLight(overviews: readonly Overview[]): BracketLight | null {
  const looks = overviews
    .map((overview, index) => ({ index, luma: overview.luma, mean: meanOf(overview.luma) }))
    .sort((a, b) => a.mean - b.mean);
  let at = 0;
  for (const [index, { mean }] of looks.entries())
    if (Math.abs(mean - ROOM_MEAN) < Math.abs((looks[at]?.mean ?? 0) - ROOM_MEAN)) at = index;
  const [first] = looks;
  if (first === undefined) return null;
  let factor = 1;
  while (first.luma.width * first.luma.height > LARGEST_AREA * factor * factor) factor *= 2;
  const small = looks.slice(0, at + 1).map(({ luma }) => reduced(luma, factor));
  const found: Look[] = [];
  let darker = 0;
  for (let k = at; k >= 0; k--) {
    const [luma, index] = [small[k], looks[k]?.index];
    const brighter = found.at(-1);
    if (luma === undefined || index === undefined) continue;
    if (brighter !== undefined) darker += stepBetween(luma, brighter.luma);
    found.push({ index, luma, darker });
  }
  const [room] = found;
  if (room === undefined) return null;
  const others = found.filter((look) => look.darker >= NOTABLY_DARKER).reverse();
  return { factor, room, darker: others, ...lightOf(room, others) };
}

/** Of some pixels: enough to order exposures. */
function meanOf({ data }: Plane): number {
  const step = Math.max(1, Math.floor(data.length / SAMPLES));
  let [sum, count] = [0, 0];
  for (let i = 0; i < data.length; i += step) {
    sum += data[i] as number;
    count++;
  }
  return sum / count;
}

function reduced(plane: Plane, factor: number): Plane {
  return factor > 1 ? reduced(halve(plane), factor / 2) : plane;
}

/** Means of 2 x 2 pixels; what is left over at the right and lower edge is averaged alone. */
export function halve(plane: Plane): Plane {
  const { width, height, data } = plane;
  const out = createPlane((width + 1) >> 1, (height + 1) >> 1);
  for (let y = 0; y < out.height; y++) {
    const upper = 2 * y * width;
    const lower = Math.min(height - 1, 2 * y + 1) * width;
    const row = out.data.subarray(y * out.width, (y + 1) * out.width);
    halveRows(data.subarray(upper, upper + width), data.subarray(lower, lower + width), row);
  }
  return out;
}

function halveRows(upper: Float32Array, lower: Float32Array, into: Float32Array): void {
  const last = upper.length - 1;
  for (let x = 0; x < into.length; x++) {
    const left = 2 * x;
    const right = left < last ? left + 1 : last;
    const above = (upper[left] as number) + (upper[right] as number);
    into[x] = 0.25 * (above + (lower[left] as number) + (lower[right] as number));
  }
}

/** EV from `dark` to `bright`: the median over pixels that both show well. */
function stepBetween(dark: Plane, bright: Plane): number {
  const perEv = 32;
  const histogram = new Uint32Array(8 * perEv);
  let total = 0;
  const every = Math.max(1, Math.floor(dark.data.length / SAMPLES));
  for (let i = 0; i < dark.data.length; i += every) {
    const low = dark.data[i] as number;
    const high = bright.data[i] as number;
    if (low < USABLE_FROM || high > USABLE_TO || high < low) continue;
    const bin = Math.round((logLight(high) - logLight(low)) * perEv);
    if (bin >= histogram.length) continue;
    histogram[bin] = (histogram[bin] as number) + 1;
    total++;
  }
  if (total < FEWEST_PIXELS) return USUAL_STEP;
  let below = 0;
  let bin = 0;
  while (bin < histogram.length && below + (histogram[bin] as number) < total / 2)
    below += histogram[bin++] as number;
  return bin / perEv;
}

/** log2 of linear light. */
export function logLight(encoded: number): number {
  return LOG_LIGHT[(encoded * TABLE + 0.5) | 0] as number;
}

/** Each pixel from the longest exposure that it does not clip in. */
function lightOf(
  room: Look,
  darker: readonly Look[],
): { readonly light: Plane; readonly source: Uint8Array } {
  const { width, height, data } = room.luma;
  const light = createPlane(width, height);
  const source = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) {
    light.data[i] = logLight(data[i] as number);
    if ((data[i] as number) <= CLIPPED) continue;
    for (let k = darker.length - 1; k >= 0; k--) {
      const look = darker[k] as Look;
      const value = look.luma.data[i] as number;
      light.data[i] = logLight(value) + look.darker;
      source[i] = k + 1;
      if (value <= CLIPPED) break;
    }
  }
  return { light, source };
}

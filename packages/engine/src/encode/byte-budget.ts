import type { EncodedImage } from '../encoded-image.ts';
import { EngineError } from '../errors.ts';

export type Attempt = {
  /** JPEG or WebP quality, a whole number. */
  readonly quality: number;
  /** Factor on both sides, at most 1. */
  readonly scale: number;
};

export type Budget = {
  /** Shown in messages. */
  readonly name: string;
  readonly maxBytes: number;
  /** The best that is wanted. */
  readonly quality: number;
  /** Pixels of the shorter side at scale 1. */
  readonly shortestSide: number;
};

/** Below this quality blocks and smeared walls show, and fewer pixels look better. */
const LOWEST_QUALITY = 55;
const MAX_TRIES = 6;
const MAX_SIZES = 4;
/** A file that fills this share of its budget is as good as one that fills it all. */
const FULL = 0.93;
/** Share of the budget that guesses aim at. */
const AIM = 0.97;
/** Growth of the logarithm of bytes per step of quality, until two files have told: 4 % is a room's. */
const GROWTH = 0.04;
const SMALLEST_SIDE = 120;

/**
 * The best quality whose file keeps to the budget: first the wanted one, then what the growth of the
 * files so far suggests, always between the best that fits and the least that does not. When not even
 * the lowest quality fits, the picture gets smaller. At most 24 encodings, seldom more than four.
 * @throws EngineError `invalid_options` when nothing fits
 */
export async function encodeWithin(
  encode: (attempt: Attempt) => Promise<EncodedImage>,
  budget: Budget,
): Promise<EncodedImage> {
  let scale = 1;
  for (let size = 0; size < MAX_SIZES; size++) {
    const { fitting, leastBytes } = await searchQuality(
      (quality) => encode({ quality, scale }),
      budget,
    );
    if (fitting !== null) return fitting;
    // Bytes go with the area; a little less, because small pictures hold more detail for each pixel.
    scale *= Math.min(0.9, 0.9 * Math.sqrt(budget.maxBytes / leastBytes));
    if (budget.shortestSide * scale < SMALLEST_SIDE) break;
  }
  throw new EngineError(
    'invalid_options',
    `"${budget.name}" cannot be made as small as ${Math.round(budget.maxBytes / 1000)} kB. Please allow more bytes.`,
  );
}

type Found = { readonly fitting: EncodedImage | null; readonly leastBytes: number };

async function searchQuality(
  encode: (quality: number) => Promise<EncodedImage>,
  { maxBytes, quality: wanted }: Budget,
): Promise<Found> {
  const lowest = Math.min(LOWEST_QUALITY, Math.round(wanted));
  const aim = Math.log(AIM * maxBytes);
  let [low, high] = [lowest - 1, Math.round(wanted) + 1];
  let quality = high - 1;
  let growth = GROWTH;
  let before: { readonly quality: number; readonly weight: number } | null = null;
  let fitting: EncodedImage | null = null;
  let leastBytes = Number.POSITIVE_INFINITY;
  for (let tries = 1; tries <= MAX_TRIES && low + 1 < high; tries++) {
    const image = await encode(quality);
    const bytes = image.bytes.length;
    leastBytes = Math.min(leastBytes, bytes);
    if (bytes <= maxBytes) [fitting, low] = [image, quality];
    else high = quality;
    if (bytes <= maxBytes && bytes >= FULL * maxBytes) break;
    const weight = Math.log(bytes);
    if (before !== null)
      growth = Math.max(0.01, (weight - before.weight) / (quality - before.quality));
    before = { quality, weight };
    const guess = Math.floor(quality + (aim - weight) / growth);
    // The last try is for something that fits, if there is such a thing.
    const last = tries === MAX_TRIES - 1 && fitting === null;
    quality = last ? lowest : Math.min(high - 1, Math.max(low + 1, guess));
  }
  return { fitting, leastBytes };
}

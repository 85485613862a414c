/**
 * The view through windows, on planes: kernels' form of src/window/apply-window.ts, which says why.
 * Masks and lumas are those of each pixel, chroma follows the mean of 2 x 2 pixels.
 */
import { padRow, rowAt } from './lib/plane';

const ONE: i32 = 8192;
const TO_ONE: f32 = 1.0 / 8192.0;

/** The numbers of src/window/window-plan.ts. */
const HOLD_FROM: f32 = 0.86;
const HOLD_FULL: f32 = 0.93;

/** Tables of 8193 samples lie one behind the other, this many bytes apart. */
const TABLE: usize = 16400;
const UPPER_LUMA: usize = 0;
const UPPER_CHROMA: usize = TABLE;
const UPPER_SHARE: usize = 2 * TABLE;
const LOWER_LUMA: usize = 3 * TABLE;
const LOWER_CHROMA: usize = 4 * TABLE;
const HOLD_LUMA: usize = 5 * TABLE;
const HOLD_SHARE: usize = 6 * TABLE;

/** Addresses of the rows that two rows of the photo are made from; 0 where there is no lower view. */
let photoUpper: usize = 0;
let photoLower: usize = 0;
let viewUpper: usize = 0;
let viewLower: usize = 0;
let darkUpper: usize = 0;
let darkLower: usize = 0;
/** The tables, and what is clipped in the upper view is at least, as a sample. */
let tables: usize = 0;
let floor: i32 = 0;
/** Whether the maps cover the upper and the lower row: at full size they may begin at an odd one. */
let upperInside: bool = false;
let lowerInside: bool = false;
/** The mask's coefficients for the upper and the lower row: three rows of floats each. */
let coefficients: usize = 0;
let columns: i32 = 0;
let shift: i32 = 0;

/**
 * Chroma rows `from`..`to` and the luma rows they stand for, in place.
 * @param view the upper view's planes, as large as the photo
 * @param dark the lower view's planes, 0 for none; they begin at `darkLeft`, `darkTop` (even) of the photo
 *   and are as large as the mask, cut at the photo's border
 * @param maps floats: slope on the view's luma, slope on the photo's luma, base; `mapWidth` x `mapHeight` each
 * @param mapLeft place of the maps in the photo, in pixels
 * @param mapShift log2 of the photo's pixels per pixel of the maps
 * @param allTables samples, see the offsets above
 * @param castCb Cb and Cr per luma taken off the views
 * @param least luma of what is clipped in the upper view
 * @param scratch coefficients of two rows, and which of their cells have a mask
 */
export function pull(
  luma: usize,
  lumaStride: i32,
  width: i32,
  height: i32,
  cb: usize,
  cr: usize,
  chromaStride: i32,
  view: usize,
  viewStride: i32,
  viewCb: usize,
  viewCr: usize,
  viewChromaStride: i32,
  dark: usize,
  darkStride: i32,
  darkCb: usize,
  darkCr: usize,
  darkChromaStride: i32,
  darkLeft: i32,
  darkTop: i32,
  maps: usize,
  mapWidth: i32,
  mapHeight: i32,
  mapLeft: i32,
  mapTop: i32,
  mapShift: i32,
  allTables: usize,
  castCb: f32,
  castCr: f32,
  least: i32,
  from: i32,
  to: i32,
  scratch: usize,
): void {
  tables = allTables;
  floor = least;
  columns = mapWidth;
  shift = mapShift;
  coefficients = scratch;
  const isActive = scratch + <usize>(24 * mapWidth);
  const half = (width + 1) >> 1;
  const mapRight = min(width, mapLeft + (mapWidth << mapShift));
  const mapBottom = mapTop + (mapHeight << mapShift);
  for (let y = from; y < to; y++) {
    const lowerY = min(2 * y + 1, height - 1);
    photoUpper = rowAt(luma, lumaStride, height, 2 * y);
    photoLower = rowAt(luma, lumaStride, height, lowerY);
    viewUpper = rowAt(view, viewStride, height, 2 * y);
    viewLower = rowAt(view, viewStride, height, lowerY);
    const cbRow = cb + <usize>(y * chromaStride);
    const crRow = cr + <usize>(y * chromaStride);
    upperInside = 2 * y >= mapTop && 2 * y < mapBottom;
    lowerInside = lowerY >= mapTop && lowerY < mapBottom;
    const inside = upperInside || lowerInside;
    if (inside) {
      if (upperInside) mixRows(maps, mapWidth, mapHeight, 2 * y - mapTop, 0);
      if (lowerInside) mixRows(maps, mapWidth, mapHeight, lowerY - mapTop, 1);
      markActive(isActive);
      if (dark) {
        const row = 2 * y - darkTop;
        darkUpper = dark + <usize>(row * darkStride) - ((<usize>darkLeft) << 1);
        darkLower = lowerY > 2 * y ? darkUpper + darkStride : darkUpper;
      }
    }
    const darkRow = <usize>(((2 * y - darkTop) >> 1) * darkChromaStride) - <usize>darkLeft;
    for (let x = 0; x < half; x += 4) {
      const masked = inside && isAnyActive(isActive, 2 * x, mapLeft, mapRight);
      if (!masked && isDim(2 * x)) continue;
      const end = min(x + 4, half);
      for (let i = x; i < end; i++) {
        const shared = pullFour(2 * i, width, masked, mapLeft, mapRight);
        if (shared <= 0) continue;
        const at = <usize>(i << 1);
        const viewRow = <usize>(y * viewChromaStride) + at;
        mixChroma(cbRow + at, viewCb + viewRow, darkCb + darkRow + at, dark != 0, castCb, shared);
        mixChroma(crRow + at, viewCr + viewRow, darkCr + darkRow + at, dark != 0, castCr, shared);
      }
    }
    padRow(photoUpper, width);
    padRow(photoLower, width);
    padRow(cbRow, half);
    padRow(crRow, half);
  }
}

/** Means over 2 x 2 pixels (of the lower view: over those it covers) of a view's luma, left by `pullFour`. */
let upperMean: i32 = 0;
let lowerMean: i32 = 0;
let lowerCount: i32 = 0;

/** Changes the luma of 2 x 2 pixels. @returns the mean of their masks */
function pullFour(x: i32, width: i32, masked: bool, mapLeft: i32, mapRight: i32): f32 {
  let shares: f32 = 0;
  upperMean = 0;
  lowerMean = 0;
  lowerCount = 0;
  for (let k = 0; k < 4; k++) {
    // Beyond an odd width the last column is counted twice.
    const column = min(x + (k & 1), width - 1);
    const at = <usize>(column << 1);
    const photo = (k < 2 ? photoUpper : photoLower) + at;
    const seen = sample((k < 2 ? viewUpper : viewLower) + at);
    const isInside =
      masked && (k < 2 ? upperInside : lowerInside) && column >= mapLeft && column < mapRight;
    upperMean += seen;
    // The photo of an odd last column or row must be changed once only.
    const isOwn = x + (k & 1) < width && (k < 2 || photoLower != photoUpper);
    const before = <f32>load<i16>(photo);
    let share: f32 = 0;
    let shown: f32 = before;
    if (isInside) {
      shown = <f32>composed(seen, k < 2 ? darkUpper : darkLower, at);
      share = maskAt(column - mapLeft, k >> 1, shown * TO_ONE, before * TO_ONE);
    }
    shares += share;
    if (!isOwn) continue;
    const held = (<f32>1 - share) * heldBy(before * TO_ONE, seen);
    store<i16>(photo, <i16>nearest(before + share * (shown - before) + held * 8192.0));
  }
  upperMean = (upperMean + 2) >> 2;
  if (lowerCount > 0) lowerMean = (lowerMean + (lowerCount >> 1)) / lowerCount;
  return shares * 0.25;
}

/** Luma of the composed view. */
function composed(seen: i32, darkRow: usize, at: usize): i32 {
  const shown = lookUp(UPPER_LUMA, seen);
  if (!darkRow) return shown;
  const hidden = sample(darkRow + at);
  lowerMean += hidden;
  lowerCount++;
  const share = lookUp(UPPER_SHARE, seen);
  if (share == ONE) return shown;
  const below = max(lookUp(LOWER_LUMA, hidden), floor);
  return below + (((shown - below) * share + (ONE >> 1)) >> 13);
}

function mixChroma(
  at: usize,
  view: usize,
  dark: usize,
  hasDark: bool,
  cast: f32,
  shared: f32,
): void {
  const upperGain = <f32>lookUp(UPPER_CHROMA, upperMean) * TO_ONE * 4;
  let shown = upperGain * (<f32>load<i16>(view) - cast * <f32>upperMean);
  if (hasDark) {
    const share = <f32>lookUp(UPPER_SHARE, upperMean) * TO_ONE;
    if (share < 1) {
      const lowerGain = <f32>lookUp(LOWER_CHROMA, lowerMean) * TO_ONE * 4;
      const below = lowerGain * (<f32>load<i16>(dark) - cast * <f32>lowerMean);
      shown = below + share * (shown - below);
    }
  }
  const before = <f32>load<i16>(at);
  store<i16>(at, <i16>nearest(before + shared * (shown - before)));
}

/** By how much luma (1.0 is 1) changes where a highlight is held. */
function heldBy(before: f32, seen: i32): f32 {
  if (before <= HOLD_FROM) return 0;
  const bright = min(<f32>1, (before - HOLD_FROM) / (HOLD_FULL - HOLD_FROM));
  const change = <f32>lookUp(HOLD_LUMA, seen) * TO_ONE - before;
  return min(<f32>0, change) * bright * <f32>lookUp(HOLD_SHARE, seen) * TO_ONE;
}

/** The mask at a column of the maps' area; `row` 0 or 1. */
function maskAt(column: i32, row: i32, view: f32, photo: f32): f32 {
  const place = 2 * column + 1 - (1 << shift);
  const cell = place >> (shift + 1);
  const right = <f32>(place - (cell << (shift + 1))) / <f32>(2 << shift);
  const left = <usize>(max(cell, 0) << 2);
  const next = <usize>(min(cell + 1, columns - 1) << 2);
  const byView = coefficients + <usize>(row * 12 * columns);
  const byPhoto = byView + <usize>(4 * columns);
  const base = byPhoto + <usize>(4 * columns);
  const value =
    between(byView, left, next, right) * view +
    between(byPhoto, left, next, right) * photo +
    between(base, left, next, right);
  return min(<f32>1, max(<f32>0, value));
}

function between(row: usize, left: usize, next: usize, right: f32): f32 {
  const here = load<f32>(row + left);
  return here + right * (load<f32>(row + next) - here);
}

/** The maps' coefficients for a row of pixels, `y` from the maps' top. */
function mixRows(maps: usize, width: i32, height: i32, y: i32, slot: i32): void {
  const place = 2 * y + 1 - (1 << shift);
  const cell = place >> (shift + 1);
  const down = <f32>(place - (cell << (shift + 1))) / <f32>(2 << shift);
  const upper = <usize>(max(cell, 0) * width * 4);
  const lower = <usize>(min(cell + 1, height - 1) * width * 4);
  for (let map = 0; map < 3; map++) {
    const from = maps + <usize>(map * width * height * 4);
    const into = coefficients + <usize>((slot * 3 + map) * 4 * width);
    for (let x = 0; x < width; x++) {
      const at = <usize>(x << 2);
      const here = load<f32>(from + upper + at);
      store<f32>(into + at, here + down * (load<f32>(from + lower + at) - here));
    }
  }
}

/** Marks the columns of the maps at which the mask may be more than 0 in either row. */
function markActive(into: usize): void {
  for (let x = 0; x < columns; x++) {
    let active = false;
    for (let slot = 0; slot < 2; slot++) {
      if (!(slot == 0 ? upperInside : lowerInside)) continue;
      const row = coefficients + <usize>(slot * 12 * columns + 4 * x);
      const isFlat =
        load<f32>(row) == 0 &&
        load<f32>(row + <usize>(4 * columns)) == 0 &&
        load<f32>(row + <usize>(8 * columns)) <= 0;
      if (!isFlat) active = true;
    }
    store<u8>(into + x, <u8>active);
  }
}

/** Whether any of eight pixels from `x` on may have a mask. */
function isAnyActive(isActive: usize, x: i32, mapLeft: i32, mapRight: i32): bool {
  const first = max(x, mapLeft),
    last = min(x + 7, mapRight - 1);
  if (first > last) return false;
  const from = max(0, (2 * (first - mapLeft) + 1 - (1 << shift)) >> (shift + 1));
  const to = min(columns - 1, ((2 * (last - mapLeft) + 1 - (1 << shift)) >> (shift + 1)) + 1);
  for (let cell = from; cell <= to; cell++) if (load<u8>(isActive + cell)) return true;
  return false;
}

/** Whether none of eight pixels from `x` on in both rows is bright enough to be held. */
function isDim(x: i32): bool {
  const at = <usize>(x << 1);
  const most = i16x8.max_s(v128.load(photoUpper + at), v128.load(photoLower + at));
  return !v128.any_true(i16x8.gt_s(most, i16x8.splat(<i16>(HOLD_FROM * 8192.0))));
}

function lookUp(table: usize, index: i32): i32 {
  return <i32>load<i16>(tables + table + ((<usize>index) << 1));
}

/** A sample as an index of a table. */
function sample(at: usize): i32 {
  const value = <i32>load<i16>(at);
  return value < 0 ? 0 : value > ONE ? ONE : value;
}

/**
 * Local tone curves on planes: the kernel form of src/tone/apply-tone.ts, which says why. The strongest
 * and the weakest channel of a pixel are its luma plus what the chroma of its 2 x 2 pixels adds.
 */
import { blueOver, greenOver, redOver } from './lib/channels';
import { packCurves, packedBytes, placeOf, readCurves } from './lib/local-curves';
import { interleaveHigh, interleaveLow, padRow, rowAt } from './lib/plane';
import { readMap } from './lib/small-map';

/** What a sample of 1 is worth. */
const TO_ONE: f32 = 1.0 / 8192.0;

/** The numbers of src/tone/apply-tone.ts. */
const HOLD_FROM: f32 = 0.3;
const HOLD_TO: f32 = 0.8;
const HOLD: f32 = 0.85;
const DARK: f32 = 0.1;
const TOP: f32 = 252.0 / 255.0;
const CALM_FROM: f32 = 0.2;
const CALM_TO: f32 = 0.6;

/**
 * Chroma rows `from`..`to` and the luma rows they stand for, in place.
 * @param grid 33 samples per node, row by row
 * @param places for each column of luma, rounded up to 16: 256 times the cell it lies in; and behind
 *   all of them its place in the cell, 0..256
 * @param spared small map of the share that stays as it is; 0 for none
 * @param scratch mixed and packed curves of two rows, and a row of the map
 */
export function tone(
  luma: usize,
  lumaStride: i32,
  width: i32,
  height: i32,
  cb: usize,
  cr: usize,
  chromaStride: i32,
  grid: usize,
  columns: i32,
  rows: i32,
  places: usize,
  spared: usize,
  sparedStride: i32,
  sparedWidth: i32,
  sparedHeight: i32,
  vividness: f32,
  richness: f32,
  calm: f32,
  from: i32,
  to: i32,
  scratch: usize,
): void {
  const half = (width + 1) >> 1;
  const shares = places + <usize>(((width + 15) & ~15) << 1);
  const upperCurves = scratch;
  const lowerCurves = upperCurves + <usize>packedBytes(columns);
  const closed = lowerCurves + <usize>packedBytes(columns);
  const mixed = closed + <usize>((half + 16) << 2);
  memory.fill(closed, 0, <usize>((half + 16) << 2));
  for (let y = from; y < to; y++) {
    const lowerY = min(2 * y + 1, height - 1);
    packCurves(grid, columns, rows, placeOf(2 * y, height, rows), mixed, upperCurves);
    packCurves(grid, columns, rows, placeOf(lowerY, height, rows), mixed, lowerCurves);
    if (spared)
      readMap(spared, sparedStride, sparedWidth, sparedHeight, y, (height + 1) >> 1, half, closed);
    const upper = rowAt(luma, lumaStride, height, 2 * y);
    const lower = rowAt(luma, lumaStride, height, lowerY);
    const cbRow = cb + <usize>(y * chromaStride);
    const crRow = cr + <usize>(y * chromaStride);
    for (let x = 0; x < half; x += 8) {
      const at = <usize>(x << 2);
      tone16(
        upper + at,
        lower + at,
        cbRow + <usize>(x << 1),
        crRow + <usize>(x << 1),
        upperCurves,
        lowerCurves,
        places + at,
        shares + at,
        closed + at,
        vividness,
        richness,
        calm,
      );
    }
    padRow(upper, width);
    padRow(lower, width);
    padRow(cbRow, half);
    padRow(crRow, half);
  }
}

/** 16 x 2 pixels. */
function tone16(
  upper: usize,
  lower: usize,
  cbAt: usize,
  crAt: usize,
  upperCurves: usize,
  lowerCurves: usize,
  places: usize,
  shares: usize,
  closed: usize,
  vividness: f32,
  richness: f32,
  calm: f32,
): void {
  const cb = v128.load(cbAt),
    cr = v128.load(crAt);
  const red = redOver(cr),
    green = greenOver(cb, cr),
    blue = blueOver(cb);
  const over = i16x8.max_s(i16x8.max_s(red, green), blue);
  const under = i16x8.min_s(i16x8.min_s(red, green), blue);

  const a0 = v128.load(upper),
    a1 = v128.load(upper, 16);
  const b0 = v128.load(lower),
    b1 = v128.load(lower, 16);
  const lumaLow = sumOfFour(a0, b0),
    lumaHigh = sumOfFour(a1, b1);
  const overLow = toFloat(i32x4.extend_low_i16x8_s(over)),
    overHigh = toFloat(i32x4.extend_high_i16x8_s(over));
  const underLow = toFloat(i32x4.extend_low_i16x8_s(under)),
    underHigh = toFloat(i32x4.extend_high_i16x8_s(under));
  const one = f32x4.splat(1);
  const openLow = f32x4.sub(one, v128.load(closed)),
    openHigh = f32x4.sub(one, v128.load(closed, 16));
  const holdLow = holdOf(overLow, underLow, openLow),
    holdHigh = holdOf(overHigh, underHigh, openHigh);
  const hold = toQ15(holdLow, holdHigh);
  const share = toQ15(shareOf(overLow, underLow), shareOf(overHigh, underHigh));

  // Each of the eight chroma samples stands for two neighbouring columns.
  const over0 = interleaveLow(over, over),
    over1 = interleaveHigh(over, over);
  const under0 = interleaveLow(under, under),
    under1 = interleaveHigh(under, under);
  const hold0 = interleaveLow(hold, hold),
    hold1 = interleaveHigh(hold, hold);
  const share0 = interleaveLow(share, share),
    share1 = interleaveHigh(share, share);
  const cell0 = v128.load(places),
    cell1 = v128.load(places, 16);
  const right0 = v128.load(shares),
    right1 = v128.load(shares, 16);

  const lowA0 = readCurves(upperCurves, i16x8.add(a0, under0), cell0, right0);
  const rangeA0 = i16x8.sub(readCurves(upperCurves, i16x8.add(a0, over0), cell0, right0), lowA0);
  const lowA1 = readCurves(upperCurves, i16x8.add(a1, under1), cell1, right1);
  const rangeA1 = i16x8.sub(readCurves(upperCurves, i16x8.add(a1, over1), cell1, right1), lowA1);
  const lowB0 = readCurves(lowerCurves, i16x8.add(b0, under0), cell0, right0);
  const rangeB0 = i16x8.sub(readCurves(lowerCurves, i16x8.add(b0, over0), cell0, right0), lowB0);
  const lowB1 = readCurves(lowerCurves, i16x8.add(b1, under1), cell1, right1);
  const rangeB1 = i16x8.sub(readCurves(lowerCurves, i16x8.add(b1, over1), cell1, right1), lowB1);

  const tonedA0 = between(a0, lowA0, rangeA0, share0, hold0);
  const tonedA1 = between(a1, lowA1, rangeA1, share1, hold1);
  const tonedB0 = between(b0, lowB0, rangeB0, share0, hold0);
  const tonedB1 = between(b1, lowB1, rangeB1, share1, hold1);
  v128.store(upper, tonedA0);
  v128.store(upper, tonedA1, 16);
  v128.store(lower, tonedB0);
  v128.store(lower, tonedB1, 16);

  const cbLow = toFloat(i32x4.extend_low_i16x8_s(cb)),
    cbHigh = toFloat(i32x4.extend_high_i16x8_s(cb));
  const crLow = toFloat(i32x4.extend_low_i16x8_s(cr)),
    crHigh = toFloat(i32x4.extend_high_i16x8_s(cr));
  const scaleLow = scaleOf(
    lumaLow,
    sumOfFour(tonedA0, tonedB0),
    sumOfFour(rangeA0, rangeB0),
    overLow,
    underLow,
    holdLow,
    openLow,
    cbLow,
    crLow,
    vividness,
    richness,
    calm,
  );
  const scaleHigh = scaleOf(
    lumaHigh,
    sumOfFour(tonedA1, tonedB1),
    sumOfFour(rangeA1, rangeB1),
    overHigh,
    underHigh,
    holdHigh,
    openHigh,
    cbHigh,
    crHigh,
    vividness,
    richness,
    calm,
  );
  v128.store(cbAt, toSamples(f32x4.mul(cbLow, scaleLow), f32x4.mul(cbHigh, scaleHigh)));
  v128.store(crAt, toSamples(f32x4.mul(crLow, scaleLow), f32x4.mul(crHigh, scaleHigh)));
}

/** luma + hold * (low + share * range - luma) */
function between(luma: v128, low: v128, range: v128, share: v128, hold: v128): v128 {
  const wanted = i16x8.add(low, i16x8.q15mulr_sat_s(range, share));
  return i16x8.add(luma, i16x8.q15mulr_sat_s(i16x8.sub_sat_s(wanted, luma), hold));
}

/** Means (1.0 is 1) of 2 x 2 pixels: four of eight columns in two rows. */
function sumOfFour(upper: v128, lower: v128): v128 {
  const sum = i32x4.add(i32x4.extadd_pairwise_i16x8_s(upper), i32x4.extadd_pairwise_i16x8_s(lower));
  return f32x4.mul(f32x4.convert_i32x4_s(sum), f32x4.splat(TO_ONE * 0.25));
}

function toFloat(samples: v128): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(samples), f32x4.splat(TO_ONE));
}

function toSamples(low: v128, high: v128): v128 {
  const one = f32x4.splat(8192.0);
  return i16x8.narrow_i32x4_s(
    i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(low, one))),
    i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(high, one))),
  );
}

function toQ15(low: v128, high: v128): v128 {
  const one = f32x4.splat(32767.0);
  return i16x8.narrow_i32x4_s(
    i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(low, one))),
    i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(high, one))),
  );
}

/** How much of the change a colour gets. */
function holdOf(over: v128, under: v128, open: v128): v128 {
  const apart = smoothStep(f32x4.sub(over, under), HOLD_FROM, HOLD_TO);
  const held = f32x4.mul(f32x4.splat(HOLD), apart);
  return f32x4.mul(open, f32x4.sub(f32x4.splat(1), held));
}

/** Where luma lies between the weakest and the strongest channel. */
function shareOf(over: v128, under: v128): v128 {
  const range = f32x4.max(f32x4.sub(over, under), f32x4.splat(TO_ONE));
  return f32x4.min(f32x4.div(f32x4.neg(under), range), f32x4.splat(1));
}

/** Factor on chroma. */
function scaleOf(
  luma: v128,
  toned: v128,
  toRange: v128,
  over: v128,
  under: v128,
  hold: v128,
  open: v128,
  cb: v128,
  cr: v128,
  vividness: f32,
  richness: f32,
  calm: f32,
): v128 {
  const zero = f32x4.splat(0),
    one = f32x4.splat(1);
  const range = f32x4.max(f32x4.sub(over, under), f32x4.splat(TO_ONE));
  const film = f32x4.add(one, f32x4.mul(hold, f32x4.sub(f32x4.div(toRange, range), one)));
  const above = f32x4.mul(over, film),
    below = f32x4.mul(f32x4.neg(under), film);
  const strongest = f32x4.max(f32x4.add(toned, above), f32x4.splat(DARK));
  const left = f32x4.div(f32x4.add(above, below), strongest);
  const ratio = f32x4.div(toned, f32x4.max(luma, f32x4.splat(0.02)));
  const grown = f32x4.max(f32x4.sub(ratio, film), zero);
  const quiet = f32x4.max(f32x4.sub(one, f32x4.mul(left, left)), zero);
  const richer = f32x4.mul(f32x4.mul(open, f32x4.splat(richness)), f32x4.mul(quiet, grown));
  const rich = f32x4.add(film, richer);
  const part = vividness < 0 ? one : quiet;
  const vivid = f32x4.add(one, f32x4.mul(f32x4.mul(open, f32x4.splat(vividness)), part));
  const wanted = f32x4.mul(rich, vivid);
  const extra = f32x4.sub(f32x4.div(wanted, f32x4.max(film, f32x4.splat(0.001))), one);
  const room = bendIn(
    f32x4.mul(extra, above),
    f32x4.sub(f32x4.sub(f32x4.splat(TOP), toned), above),
  );
  const floor = bendIn(f32x4.mul(extra, below), f32x4.sub(toned, below));
  const bent = f32x4.mul(film, f32x4.add(one, f32x4.mul(extra, f32x4.min(room, floor))));
  const scale = v128.bitselect(bent, wanted, f32x4.gt(extra, zero));

  const warm = v128.and(f32x4.gt(cr, zero), f32x4.lt(cb, zero));
  const away = f32x4.div(
    f32x4.abs(f32x4.add(cr, cb)),
    f32x4.max(f32x4.sub(cr, cb), f32x4.splat(TO_ONE)),
  );
  const orange = v128.and(f32x4.sub(one, away), warm);
  const strong = f32x4.mul(smoothStep(left, CALM_FROM, CALM_TO), f32x4.mul(orange, orange));
  const calmed = f32x4.sub(one, f32x4.mul(f32x4.mul(open, f32x4.splat(calm)), strong));
  return f32x4.mul(scale, calmed);
}

/** room / (room + step) where there is a step, 0 where there is no room for it. */
function bendIn(step: v128, room: v128): v128 {
  const zero = f32x4.splat(0);
  const left = f32x4.max(room, zero);
  const taken = f32x4.max(step, f32x4.splat(1e-9));
  return f32x4.div(left, f32x4.add(left, taken));
}

function smoothStep(value: v128, from: f32, to: f32): v128 {
  const place = f32x4.mul(f32x4.sub(value, f32x4.splat(from)), f32x4.splat(1.0 / (to - from)));
  const t = f32x4.min(f32x4.max(place, f32x4.splat(0)), f32x4.splat(1));
  const bend = f32x4.sub(f32x4.splat(3), f32x4.add(t, t));
  return f32x4.mul(f32x4.mul(t, t), bend);
}

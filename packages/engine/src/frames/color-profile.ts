import { linearToSrgb } from '../pixels/srgb.ts';

/**
 * What the codes of a file mean. `srgb` and `p3` (Display P3) need no conversion, `other` is converted
 * by its profile, `broken` has a profile that cannot be used.
 */
export type ProfileKind = 'srgb' | 'p3' | 'other' | 'broken';

type Xyz = readonly [x: number, y: number, z: number];

/** Red, green and blue primaries adapted to D50, as ICC profiles hold them. */
const SRGB_PRIMARIES: readonly Xyz[] = [
  [0.436, 0.2224, 0.0139],
  [0.3851, 0.7169, 0.0971],
  [0.1431, 0.0606, 0.7141],
];
const P3_PRIMARIES: readonly Xyz[] = [
  [0.5151, 0.2412, -0.0011],
  [0.292, 0.6922, 0.0419],
  [0.1571, 0.0666, 0.7841],
];

/** Profiles of one space differ by their makers' rounding, spaces by ten times as much. */
const PRIMARY_TOLERANCE = 0.003;
/** In encoded values 0..1; a plain gamma of 2.2 is 0.03 away from the sRGB curve. */
const CURVE_TOLERANCE = 0.01;

const HEADER_BYTES = 128;
const TAG_BYTES = 12;
const MAX_TAGS = 200;

/**
 * Tells what an embedded profile (ICC.1:2022) means for RGB or grey pixels. Grey profiles count as
 * sRGB: the curves of grey spaces differ little, and there is no colour to be wrong.
 * @param channels color channels of the picture: 1, 3 or 4
 */
export function kindOfProfile(icc: Uint8Array | null, channels: number): ProfileKind {
  if (icc === null) return 'srgb';
  const tags = tagsOf(icc);
  if (tags === null) return 'broken';
  const space = text(icc, 16);
  // Pixels of one channel were grey or become so; four are converted to sRGB by the decoder.
  if (channels !== 3) return space === (channels === 1 ? 'GRAY' : 'CMYK') ? 'srgb' : 'broken';
  if (space !== 'RGB ') return 'broken';
  if (tags.has('A2B0')) return 'other';
  const primaries = ['rXYZ', 'gXYZ', 'bXYZ'].map((name) => xyzOf(tags.get(name)));
  const curves = ['rTRC', 'gTRC', 'bTRC'].map((name) => curveOf(tags.get(name)));
  if (!primaries.every((value) => value !== null) || !curves.every((value) => value !== null))
    return 'broken';
  if (Math.abs(determinant(primaries)) < 0.01) return 'broken';
  if (!curves.every(isSrgbCurve)) return 'other';
  if (areClose(primaries, SRGB_PRIMARIES)) return 'srgb';
  return areClose(primaries, P3_PRIMARIES) ? 'p3' : 'other';
}

/** Bytes of every tag, or `null` when this is no whole profile. */
function tagsOf(icc: Uint8Array): Map<string, DataView> | null {
  if (icc.length < HEADER_BYTES + 4 || text(icc, 36) !== 'acsp') return null;
  const view = new DataView(icc.buffer, icc.byteOffset, icc.byteLength);
  const count = view.getUint32(HEADER_BYTES);
  if (view.getUint32(0) > icc.length || count > MAX_TAGS) return null;
  const tags = new Map<string, DataView>();
  for (let index = 0; index < count; index++) {
    const at = HEADER_BYTES + 4 + index * TAG_BYTES;
    if (at + TAG_BYTES > icc.length) return null;
    const [offset, size] = [view.getUint32(at + 4), view.getUint32(at + 8)];
    if (offset + size > icc.length || size < 12) return null;
    tags.set(text(icc, at), new DataView(icc.buffer, icc.byteOffset + offset, size));
  }
  return tags;
}

function text(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

function typeOf(tag: DataView): string {
  return text(new Uint8Array(tag.buffer, tag.byteOffset, tag.byteLength), 0);
}

/** Signed 16.16 fixed point. */
function fixed(tag: DataView, at: number): number {
  return tag.getInt32(at) / 65_536;
}

function xyzOf(tag: DataView | undefined): Xyz | null {
  if (tag === undefined || typeOf(tag) !== 'XYZ ' || tag.byteLength < 20) return null;
  return [fixed(tag, 8), fixed(tag, 12), fixed(tag, 16)];
}

type Curve = (encoded: number) => number;

function curveOf(tag: DataView | undefined): Curve | null {
  if (tag === undefined) return null;
  if (typeOf(tag) === 'curv') return sampledCurve(tag);
  return typeOf(tag) === 'para' ? parametricCurve(tag) : null;
}

function sampledCurve(tag: DataView): Curve | null {
  const count = tag.getUint32(8);
  if (12 + count * 2 > tag.byteLength) return null;
  if (count === 0) return (value) => value;
  if (count === 1) return (value) => value ** (tag.getUint16(12) / 256);
  return (value) => {
    const place = value * (count - 1);
    const below = Math.min(count - 2, Math.floor(place));
    const [from, to] = [tag.getUint16(12 + below * 2), tag.getUint16(14 + below * 2)];
    return (from + (to - from) * (place - below)) / 65_535;
  };
}

/** Function types 0 to 4 of the specification, 10.18: g, a, b, c, d, e, f as far as they are given. */
function parametricCurve(tag: DataView): Curve | null {
  const lengths = [1, 3, 4, 5, 7];
  const kind = tag.getUint16(8);
  const length = lengths[kind];
  if (length === undefined || 12 + length * 4 > tag.byteLength) return null;
  const values = Array.from({ length }, (_, index) => fixed(tag, 12 + index * 4));
  const [g = 1, a = 1, b = 0, c = 0, d = 0, e = 0, f = 0] = values;
  switch (kind) {
    case 0:
      return (value) => value ** g;
    case 1:
      return (value) => (value >= -b / a ? (a * value + b) ** g : 0);
    case 2:
      return (value) => (value >= -b / a ? (a * value + b) ** g + c : c);
    default:
      return (value) => (value >= d ? (a * value + b) ** g + e : c * value + f);
  }
}

function isSrgbCurve(curve: Curve): boolean {
  for (let step = 1; step <= 20; step++) {
    const value = step / 20;
    const meant = linearToSrgb(Math.min(1, Math.max(0, curve(value))));
    if (!(Math.abs(meant - value) <= CURVE_TOLERANCE)) return false;
  }
  return true;
}

function areClose(primaries: readonly Xyz[], to: readonly Xyz[]): boolean {
  return primaries.every((primary, index) =>
    primary.every(
      (value, axis) => Math.abs(value - (to[index]?.[axis] ?? Number.NaN)) <= PRIMARY_TOLERANCE,
    ),
  );
}

function determinant(rows: readonly Xyz[]): number {
  const [[a, b, c], [d, e, f], [g, h, i]] = rows as [Xyz, Xyz, Xyz];
  return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
}

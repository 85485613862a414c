import { meanOf } from '../pixels/measure.ts';
import { createPlane, type Picture, type Plane } from '../pixels/picture.ts';
import { halved, reducePlane } from '../pixels/pyramid.ts';
import { tabulate } from '../pixels/srgb.ts';
import { readCurve } from './ycc.ts';

/** How far a whole exposure may be from the middle: Ma et al. 2017 use 0.2 for this and 0.5 for a place. */
const WHOLE_SIGMA = 0.25;
const PLACE_SIGMA = 0.6;

/**
 * An exposure in which a pixel is at either end of the scale has nothing to say about it: its vote falls
 * to this share, or in deep shadows the dark exposures of a bracket would outvote the one that sees
 * there, and in a deep sky the bright ones.
 */
const AT_END = 0.02;
const BLOCKED_BELOW = 8 / 255;
const BLOWN_ABOVE = 245 / 255;

/** Keeps the sum above zero where every exposure is black or white, or masked. */
const EPSILON = 1e-9;

/** Entries of the table that replaces exp() per pixel. */
const TABLE = 1024;

export type Exposure = {
  readonly picture: Picture;
  /** Luma to luma of a virtual exposure, which has yet to be applied to the picture. */
  readonly curve: Float32Array | null;
  /** Half as large as the picture, with the curve. */
  readonly luma: Plane;
  /** How far (0..1) the exposure may be used at each pixel; `null`: everywhere. */
  readonly mask: Plane | null;
};

export type Merit = {
  /** Half as large as the picture; all values > 0. */
  readonly plane: Plane;
  /** Share (0..1) of the picture that is neither black nor white. */
  readonly shown: number;
};

export type MeritRule = {
  /** The encoded value (0..1) that counts as best exposed. */
  readonly target: number;
  readonly exponent: number;
};

/**
 * How well a place is exposed: the mean of the whole exposure and the value at the place, both against
 * `target`, after Ma et al., "Robust Multi-Exposure Image Fusion", IEEE TIP 26(5), 2017, eq. 10. Whether
 * a place is blocked or blown is judged on the strongest channel: unlike luma it sees the red of a
 * chair or the blue of a sky run into full scale.
 */
export function meritOf({ picture, luma, curve, mask }: Exposure, rule: MeritRule): Merit {
  const merit = strongestChannel(picture);
  const whole = bell(meanOf(luma) - rule.target, WHOLE_SIGMA) ** rule.exponent;
  const bells = tabulate(TABLE + 1, (value) => bell(value - rule.target, PLACE_SIGMA));
  const seen = tabulate(TABLE + 1, (value) =>
    seenAt(curve === null ? value : readCurve(curve, value)),
  );
  for (let i = 0; i <= TABLE; i++) {
    bells[i] = whole * (bells[i] as number) ** rule.exponent;
    seen[i] = (seen[i] as number) ** rule.exponent;
  }
  const { data } = merit;
  const blank = AT_END ** rule.exponent;
  let shown = 0;
  for (let i = 0; i < data.length; i++) {
    const strongest = ((data[i] as number) * TABLE + 0.5) | 0;
    const grey = (Math.min(1, Math.max(0, luma.data[i] as number)) * TABLE + 0.5) | 0;
    const share = seen[strongest] as number;
    if (share > blank) shown++;
    data[i] = (bells[grey] as number) * share + EPSILON;
  }
  if (mask !== null) applyMask(merit, reducePlane(mask));
  return { plane: merit, shown: shown / data.length };
}

/** What an exposure can say about a place whose strongest channel has this value, `AT_END`..1. */
function seenAt(strongest: number): number {
  const inside = Math.min(1, strongest / BLOCKED_BELOW, (1 - strongest) / (1 - BLOWN_ABOVE));
  return AT_END + (1 - AT_END) * Math.max(0, inside);
}

function applyMask(merit: Plane, mask: Plane): void {
  for (let i = 0; i < merit.data.length; i++)
    merit.data[i] = (merit.data[i] as number) * (mask.data[i] as number) + EPSILON;
}

function bell(distance: number, sigma: number): number {
  return Math.exp(-(distance * distance) / (2 * sigma * sigma));
}

/** The largest of red, green and blue, 0..1, mean of two pixels out of 2 x 2 across from each other. */
function strongestChannel({ width, height, data }: Picture): Plane {
  const out = createPlane(halved(width), halved(height));
  const scale = 0.5 / 65535;
  for (let y = 0; y < out.height; y++) {
    const upper = 3 * 2 * y * width;
    const lower = 3 * Math.min(height - 1, 2 * y + 1) * width;
    for (let x = 0; x < out.width; x++) {
      const a = upper + 6 * x;
      const b = lower + (2 * x + 1 < width ? 6 * x + 3 : 6 * x);
      out.data[y * out.width + x] =
        scale *
        (largest(data[a] as number, data[a + 1] as number, data[a + 2] as number) +
          largest(data[b] as number, data[b + 1] as number, data[b + 2] as number));
    }
  }
  return out;
}

function largest(red: number, green: number, blue: number): number {
  return red > green ? (red > blue ? red : blue) : green > blue ? green : blue;
}

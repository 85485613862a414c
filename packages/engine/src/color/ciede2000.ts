import { srgbToLinear } from '../pixels/srgb.ts';

/** CIE L*a*b*: lightness 0..100, red-green, yellow-blue. */
export type Lab = readonly [lightness: number, a: number, b: number];

/** D65, 2 degrees: what sRGB white is in XYZ, so that white and every grey have a = b = 0. */
const WHITE_X = 0.4124564 + 0.3575761 + 0.1804375;
const WHITE_Y = 0.2126729 + 0.7151522 + 0.072175;
const WHITE_Z = 0.0193339 + 0.119192 + 0.9503041;

/** sRGB-encoded red, green and blue, each 0..1, to L*a*b* under D65 (CIE 15:2004). */
export function srgbToLab(red: number, green: number, blue: number): Lab {
  return linearToLab(srgbToLinear(red), srgbToLinear(green), srgbToLinear(blue));
}

/** The same from linear light with sRGB's primaries. */
export function linearToLab(red: number, green: number, blue: number): Lab {
  const x = labCurve((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / WHITE_X);
  const y = labCurve((0.2126729 * red + 0.7151522 * green + 0.072175 * blue) / WHITE_Y);
  const z = labCurve((0.0193339 * red + 0.119192 * green + 0.9503041 * blue) / WHITE_Z);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** Cube root with a straight foot: (6/29)^3 is where the two meet. */
function labCurve(ratio: number): number {
  return ratio > 216 / 24389 ? Math.cbrt(ratio) : ((24389 / 27) * ratio + 16) / 116;
}

const RADIANS = Math.PI / 180;
const POW_25_7 = 25 ** 7;

/**
 * CIEDE2000 difference of two colours, kL = kC = kH = 1; about 1 is just visible side by side.
 * Sharma, Wu & Dalal, "The CIEDE2000 Color-Difference Formula: Implementation Notes,
 * Supplementary Test Data, and Mathematical Observations", Color Research & Application 30(1),
 * 2005; the numbers in brackets are theirs.
 */
export function ciede2000(first: Lab, second: Lab): number {
  const meanChroma7 =
    ((Math.hypot(first[1], first[2]) + Math.hypot(second[1], second[2])) / 2) ** 7;
  const stretch = 1.5 - 0.5 * Math.sqrt(meanChroma7 / (meanChroma7 + POW_25_7)); // (4), (5)
  const one = polar(first[1] * stretch, first[2]);
  const two = polar(second[1] * stretch, second[2]);
  const turn = hueTurn(one, two);
  const lightness = second[0] - first[0];
  const chroma = two.chroma - one.chroma;
  const hue = 2 * Math.sqrt(one.chroma * two.chroma) * Math.sin((turn / 2) * RADIANS); // (11)

  const meanChroma = (one.chroma + two.chroma) / 2;
  const meanHue = middleHue(one, two);
  const offGrey = ((first[0] + second[0]) / 2 - 50) ** 2;
  const scaleL = 1 + (0.015 * offGrey) / Math.sqrt(20 + offGrey); // (18)
  const scaleC = 1 + 0.045 * meanChroma; // (19)
  const scaleH = 1 + 0.015 * meanChroma * hueWeight(meanHue); // (20)
  const [dL, dC, dH] = [lightness / scaleL, chroma / scaleC, hue / scaleH];
  return Math.sqrt(dL * dL + dC * dC + dH * dH + rotation(meanChroma, meanHue) * dC * dH);
}

type Polar = { readonly chroma: number; readonly hue: number };

/** Chroma, and hue in degrees 0..360 (0 for grey) (6), (7). */
function polar(a: number, b: number): Polar {
  const degrees = Math.atan2(b, a) / RADIANS;
  return { chroma: Math.hypot(a, b), hue: degrees < 0 ? degrees + 360 : degrees };
}

/** From the first hue to the second the short way round, in degrees (10). */
function hueTurn(one: Polar, two: Polar): number {
  if (one.chroma * two.chroma === 0) return 0;
  const turn = two.hue - one.hue;
  if (turn > 180) return turn - 360;
  return turn < -180 ? turn + 360 : turn;
}

/** The hue half way between the two, in degrees (14). */
function middleHue(one: Polar, two: Polar): number {
  const sum = one.hue + two.hue;
  if (one.chroma * two.chroma === 0) return sum;
  if (Math.abs(one.hue - two.hue) <= 180) return sum / 2;
  return sum < 360 ? (sum + 360) / 2 : (sum - 360) / 2;
}

/** T (15). */
function hueWeight(hue: number): number {
  return (
    1 -
    0.17 * Math.cos((hue - 30) * RADIANS) +
    0.24 * Math.cos(2 * hue * RADIANS) +
    0.32 * Math.cos((3 * hue + 6) * RADIANS) -
    0.2 * Math.cos((4 * hue - 63) * RADIANS)
  );
}

/** R_T (16), (17), (21): chroma and hue do not add up at right angles in the blues. */
function rotation(chroma: number, hue: number): number {
  const theta = 30 * Math.exp(-(((hue - 275) / 25) ** 2));
  const chroma7 = chroma ** 7;
  return -2 * Math.sqrt(chroma7 / (chroma7 + POW_25_7)) * Math.sin(2 * theta * RADIANS);
}

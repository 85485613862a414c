import { createEnlarger } from '../pixels/enlarge.ts';
import { guidedCoefficients } from '../pixels/guided-filter.ts';
import { LUMA_B, LUMA_G, LUMA_R, type Picture, type Plane } from '../pixels/picture.ts';

export type ToneLook = {
  /** Luma to luma over 0..1. */
  readonly curve: Float32Array;
  /** Share by which detail is raised. */
  readonly localContrast: number;
  /** Factor on colourfulness. */
  readonly saturation: number;
};

/** Window of the base layer as a share of the proxy's long side, and the variance it smooths over. */
const BASE_RADIUS = 0.02;
const BASE_EPSILON = 0.004;

/** Bounds on how much a pixel is brightened; deep shadows would only gain noise. */
const MAX_GAIN = 4;

/**
 * Makes a function that tones one row in place. The curve moves an edge-keeping base layer and the
 * detail on top keeps its contrast, so brightening leaves no grey haze and edges no halos. Colours
 * follow their luma by a common factor, which keeps the hue; what would clip is desaturated instead.
 * @param proxy small luma of the same picture
 */
export function createToner(picture: Picture, proxy: Plane, look: ToneLook): (y: number) => void {
  const { width, height } = picture;
  const radius = Math.max(2, Math.round(Math.max(proxy.width, proxy.height) * BASE_RADIUS));
  const { a, b } = guidedCoefficients(proxy, radius, BASE_EPSILON);
  const [slopes, offsets] = [new Float32Array(width), new Float32Array(width)];
  const [readSlopes, readOffsets] = [
    createEnlarger(a, width, height),
    createEnlarger(b, width, height),
  ];
  return (y) => {
    readSlopes(y, slopes);
    readOffsets(y, offsets);
    toneRow(picture, y, { ...look, slopes, offsets });
  };
}

function toneRow(
  picture: Picture,
  y: number,
  look: ToneLook & { slopes: Float32Array; offsets: Float32Array },
): void {
  const { width, data } = picture;
  const { curve, slopes, offsets, saturation, localContrast } = look;
  const last = curve.length - 1;
  let at = y * width * 3;
  for (let x = 0; x < width; x++, at += 3) {
    const r = (data[at] as number) / 65535;
    const g = (data[at + 1] as number) / 65535;
    const b = (data[at + 2] as number) / 65535;
    const luma = LUMA_R * r + LUMA_G * g + LUMA_B * b;
    const base = Math.min(
      1,
      Math.max(0.001, (slopes[x] as number) * luma + (offsets[x] as number)),
    );
    const lifted = Math.min(base * MAX_GAIN, curve[(base * last + 0.5) | 0] as number);
    const factor = luma > 0.0005 ? withDetail(luma, { base, lifted, localContrast }) / luma : 1;
    writePixel(data, at, {
      r: r * factor,
      g: g * factor,
      b: b * factor,
      luma: luma * factor,
      saturation,
    });
  }
}

/**
 * Puts a pixel's detail back on its lifted base. Dark detail scales with the base, so it never falls
 * through black. Bright detail starts with the same slope and bends to end at white, so that only
 * what was white before is white after.
 */
function withDetail(
  luma: number,
  tone: { base: number; lifted: number; localContrast: number },
): number {
  const { base, lifted, localContrast } = tone;
  // ratio ** (1 + localContrast) to first order.
  if (luma <= base) return ((lifted * luma) / base) * (1 - localContrast * (1 - luma / base));
  const room = 1 - lifted;
  if (room <= 0 || base >= 1) return lifted;
  const share = (luma - base) / (1 - base);
  const slope = ((lifted / base) * (1 + localContrast) * (1 - base)) / room;
  return lifted + (room * slope * share) / (1 + (slope - 1) * share);
}

type TonedPixel = { r: number; g: number; b: number; luma: number; saturation: number };

/** Stores a colour with its colourfulness changed and, where it would clip, reduced around its luma. */
function writePixel(data: Uint16Array, at: number, pixel: TonedPixel): void {
  const { luma } = pixel;
  const red = (pixel.r - luma) * pixel.saturation;
  const green = (pixel.g - luma) * pixel.saturation;
  const blue = (pixel.b - luma) * pixel.saturation;
  const top = Math.max(red, green, blue);
  const bottom = Math.min(red, green, blue);
  let keep = 1;
  if (luma + top > 1) keep = (1 - luma) / top;
  if (luma + bottom < 0) keep = Math.min(keep, -luma / bottom);
  data[at] = Math.max(0, luma + red * keep) * 65535 + 0.5;
  data[at + 1] = Math.max(0, luma + green * keep) * 65535 + 0.5;
  data[at + 2] = Math.max(0, luma + blue * keep) * 65535 + 0.5;
}

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
 * detail on top keeps its contrast, so brightening leaves no grey haze and edges no halos. All
 * channels get one common factor, which keeps the hue. It is bounded by the strongest channel: a red
 * chair or a deep sky, dark by its luma and bright by one channel, is brightened less instead of
 * being pressed flat against full scale.
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
    const strongest = Math.max(r, g, b);
    const tone = { base, lifted, localContrast };
    const factor = luma > 0.0005 ? commonFactor(luma, strongest, tone) : 1;
    writePixel(data, at, {
      r: r * factor,
      g: g * factor,
      b: b * factor,
      luma: luma * factor,
      saturation,
    });
  }
}

/** The factor for all channels: that of luma, held back where the strongest channel is far above it and near full scale. */
function commonFactor(
  luma: number,
  strongest: number,
  tone: { base: number; lifted: number; localContrast: number },
): number {
  const factor = Math.min(withDetail(luma, tone) / luma, withDetail(strongest, tone) / strongest);
  if (factor <= 1) return factor;
  const colored = Math.min(1, 1.5 * (1 - luma / strongest));
  const nearness = strongest * strongest;
  return 1 + (factor - 1) * (1 - colored * nearness * nearness);
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

/** Stores a colour with its colourfulness changed around its luma; the change fades towards full scale and black. */
function writePixel(data: Uint16Array, at: number, pixel: TonedPixel): void {
  const { r, g, b, luma } = pixel;
  const keep = colorFactor(pixel);
  data[at] = clamped(luma + (r - luma) * keep);
  data[at + 1] = clamped(luma + (g - luma) * keep);
  data[at + 2] = clamped(luma + (b - luma) * keep);
}

/**
 * The wished factor, less for colours that are strong already, which would only turn neon, and where
 * it would push the strongest channel into white or the weakest into black.
 */
function colorFactor({ r, g, b, luma, saturation }: TonedPixel): number {
  if (saturation <= 1) return saturation;
  const [top, bottom] = [Math.max(r, g, b), Math.min(r, g, b)];
  const [rise, fall] = [(saturation - 1) * (top - luma), (saturation - 1) * (luma - bottom)];
  const [above, below] = [Math.max(0, 1 - top), Math.max(0, bottom)];
  // A step bends into the room that is left: room * step / (room + step).
  const up = rise > 0 ? above / (above + rise) : 1;
  const down = fall > 0 ? below / (below + fall) : 1;
  const purity = top > 0 ? (top - bottom) / top : 0;
  return 1 + (saturation - 1) * (1 - purity * purity) * Math.min(up, down);
}

function clamped(value: number): number {
  return Math.min(1, Math.max(0, value)) * 65535 + 0.5;
}

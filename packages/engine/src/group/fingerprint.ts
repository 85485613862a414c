import type { Picture8 } from '../encode/encode-image.ts';
import { LUMA_B, LUMA_G, LUMA_R } from '../pixels/picture.ts';
import { srgbToLinear, tabulate } from '../pixels/srgb.ts';

/**
 * What a frame shows, small enough to be kept in a database: how much light falls on each cell of
 * a grid laid over it. Sums of light keep their order from exposure to exposure, which sums of
 * encoded values do not.
 */
export type Fingerprint = {
  /** Cells, 1..64. */
  readonly width: number;
  readonly height: number;
  /**
   * Light of each cell, row by row, in steps of 1/21 EV: 255 is white, 0 is twelve stops below.
   * Near black the steps become even parts of the light instead.
   */
  readonly cells: Uint8Array;
};

/** One row of cells fits into two machine words, see census.ts. */
const LONGEST_SIDE = 64;
/** With three bytes before them, as base64: 4084 characters. */
const MOST_CELLS = 3060;
const HEADER = 3;
const VERSION = 1;

/** Stops that the 255 steps stand for. */
const STOPS = 12;
const DARKEST = 2 ** STOPS - 1;

const LINEAR = tabulate(256, srgbToLinear);

/**
 * The fingerprint of a frame as text, at most 4 KB.
 * @param picture upright, sRGB, of any size; 500 pixels across are as good as 5000
 */
export function fingerprintOf(picture: Picture8): string {
  const { width, height } = gridFor(picture);
  const light = cellLight(picture, width, height);
  const bytes = new Uint8Array(HEADER + light.length);
  bytes.set([VERSION, width, height]);
  for (let i = 0; i < light.length; i++) bytes[HEADER + i] = toSteps(light[i] as number);
  return Buffer.from(bytes.buffer).toString('base64');
}

/** `null` for anything that `fingerprintOf` does not write. */
export function readFingerprint(text: string | null | undefined): Fingerprint | null {
  if (text === null || text === undefined) return null;
  const bytes = new Uint8Array(Buffer.from(text, 'base64'));
  const [version, width = 0, height = 0] = bytes;
  if (version !== VERSION || width === 0 || bytes.length !== HEADER + width * height) return null;
  if (Math.max(width, height) > LONGEST_SIDE) return null;
  return { width, height, cells: bytes.subarray(HEADER) };
}

/** Light (0..1) to the steps of `Fingerprint.cells`. */
export function toSteps(light: number): number {
  return Math.round((255 / STOPS) * Math.log2(1 + DARKEST * light));
}

/** The reverse of `toSteps`. */
export function toLight(steps: number): number {
  return (2 ** ((steps * STOPS) / 255) - 1) / DARKEST;
}

/** Steps of `Fingerprint.cells` in one EV. */
export const STEPS_PER_EV = 255 / STOPS;

function gridFor({ width, height }: Picture8): { width: number; height: number } {
  const aspect = Math.max(width / height, height / width);
  const long = Math.min(
    LONGEST_SIDE,
    Math.floor(Math.sqrt(MOST_CELLS * aspect)),
    Math.max(width, height),
  );
  const short = Math.max(1, Math.round(long / aspect));
  return width >= height ? { width: long, height: short } : { width: short, height: long };
}

/** Mean light of each cell; a pixel counts for the cell its corner lies in. */
function cellLight(picture: Picture8, width: number, height: number): Float64Array {
  const { data } = picture;
  const light = new Float64Array(width * height);
  const pixels = new Uint32Array(width * height);
  let at = 0;
  for (let y = 0; y < picture.height; y++) {
    const row = Math.floor((y * height) / picture.height) * width;
    for (let x = 0; x < picture.width; x++) {
      const cell = row + Math.floor((x * width) / picture.width);
      const r = LINEAR[data[at] as number] as number;
      const g = LINEAR[data[at + 1] as number] as number;
      const b = LINEAR[data[at + 2] as number] as number;
      light[cell] = (light[cell] as number) + LUMA_R * r + LUMA_G * g + LUMA_B * b;
      pixels[cell] = (pixels[cell] as number) + 1;
      at += 3;
    }
  }
  for (let i = 0; i < light.length; i++)
    light[i] = (light[i] as number) / Math.max(1, pixels[i] as number);
  return light;
}

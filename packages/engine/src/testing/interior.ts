import { createRandom } from './random.ts';

/** A scene in linear light: interleaved RGB radiance, 1.0 fills the sensor at EV 0. */
export type Scene = {
  readonly width: number;
  readonly height: number;
  readonly radiance: Float32Array;
};

type Rgb = readonly [red: number, green: number, blue: number];
/** Colour of the point (u, v), both 0..1 from the top left; `grain` is -1..1 per point. */
type Surface = (u: number, v: number, grain: number) => Rgb;

const WINDOW = { left: 0.58, top: 0.16, right: 0.86, bottom: 0.56 };
const SOFA = { left: 0.06, top: 0.58, right: 0.44, bottom: 0.86 };
const PICTURE = { left: 0.18, top: 0.2, right: 0.38, bottom: 0.42 };
const FLOOR = 0.7;
const CEILING = 0.1;

/**
 * A room as listing photos show it: pale walls lit from a window, a wooden floor, a dark sofa, a
 * colourful picture, and outside, fifty times brighter, sky, trees and a brick house. No single
 * exposure holds all of it.
 */
export function renderInterior(width: number, height: number, seed: number): Scene {
  const random = createRandom(seed);
  const radiance = new Float32Array(width * height * 3);
  let at = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = [(x + 0.5) / width, (y + 0.5) / height];
      const [red, green, blue] = surfaceAt(u, v)(u, v, random() * 2 - 1);
      radiance[at++] = red;
      radiance[at++] = green;
      radiance[at++] = blue;
    }
  }
  return { width, height, radiance };
}

function surfaceAt(u: number, v: number): Surface {
  if (inside(WINDOW, u, v)) return isMullion(u, v) ? mullion : outdoors;
  if (inside(SOFA, u, v)) return sofa;
  if (inside(PICTURE, u, v)) return painting;
  if (v > FLOOR) return floor;
  return v < CEILING ? ceiling : wall;
}

function inside(box: typeof WINDOW, u: number, v: number): boolean {
  return u >= box.left && u < box.right && v >= box.top && v < box.bottom;
}

function isMullion(u: number, v: number): boolean {
  const [column, row] = [
    (u - WINDOW.left) / (WINDOW.right - WINDOW.left),
    (v - WINDOW.top) / (WINDOW.bottom - WINDOW.top),
  ];
  return (
    Math.abs(column - 0.5) < 0.02 ||
    Math.min(column, 1 - column) < 0.02 ||
    Math.min(row, 1 - row) < 0.03
  );
}

/** Light falls off with the distance from the window. */
function daylight(u: number, v: number): number {
  return 0.12 + 0.45 / (1 + 12 * ((u - 0.72) ** 2 + (v - 0.4) ** 2));
}

const wall: Surface = (u, v, grain) =>
  scaled([0.8, 0.79, 0.77], daylight(u, v) * (1 + 0.03 * grain));
const ceiling: Surface = (u, v, grain) =>
  scaled([0.88, 0.88, 0.87], daylight(u, v) * 0.9 * (1 + 0.01 * grain));
const mullion: Surface = (u, v) => scaled([0.7, 0.7, 0.7], daylight(u, v));

const floor: Surface = (u, v, grain) => {
  const plank = Math.floor(u * 14 + (v - FLOOR) * 6 * (u - 0.5));
  const vein = Math.sin(v * 160 + plank * 3) * 0.12;
  return scaled(
    [0.42, 0.27, 0.15],
    daylight(u, v) * (0.8 + 0.25 * Math.sin(plank * 2.4) + vein + 0.05 * grain),
  );
};

const sofa: Surface = (u, v, grain) => {
  const weave = 0.5 + 0.5 * Math.sin(u * 220) * Math.sin(v * 180);
  return scaled([0.05, 0.055, 0.075], daylight(u, v) * (0.5 + weave + 0.1 * grain));
};

const painting: Surface = (u, v, grain) => {
  const [column, row] = [Math.floor((u - PICTURE.left) * 20), Math.floor((v - PICTURE.top) * 18)];
  const patches: readonly Rgb[] = [
    [0.6, 0.15, 0.1],
    [0.1, 0.35, 0.6],
    [0.7, 0.6, 0.1],
    [0.15, 0.45, 0.2],
  ];
  return scaled(
    patches[(column + row * 3) % 4] ?? [0.5, 0.5, 0.5],
    daylight(u, v) * (1 + 0.04 * grain),
  );
};

const outdoors: Surface = (u, v, grain) => {
  if (v < 0.32)
    return scaled([9 - 8 * v, 12 - 4 * v, 16], 1 + 0.15 * Math.sin(u * 40 + v * 25) + 0.01 * grain);
  if (u > 0.72) {
    const joint =
      Math.abs(Math.sin(v * 260)) < 0.25 ||
      Math.abs(Math.sin(u * 200 + Math.floor(v * 83) * 1.6)) < 0.15;
    return joint ? [6, 5.8, 5.4] : scaled([5, 2.2, 1.5], 1 + 0.1 * grain);
  }
  return scaled([1.6, 3.2, 0.9], 1 + 0.5 * Math.sin(u * 190) * Math.sin(v * 210) + 0.2 * grain);
};

function scaled([red, green, blue]: Rgb, factor: number): Rgb {
  return [red * factor, green * factor, blue * factor];
}

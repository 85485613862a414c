import { expose } from '../../packages/engine/src/testing/bracket.ts';
import { drawFace } from '../../packages/engine/src/testing/faces.ts';
import { renderInterior, type Scene } from '../../packages/engine/src/testing/interior.ts';
import { createRandom } from '../../packages/engine/src/testing/random.ts';

/** Where in the drawn room a point of the picture looks, both as shares (0..1) of width and height. */
export type Way = (u: number, v: number) => readonly [u: number, v: number];

/** Pixels of the pictures that are shown; the room is drawn twice as large, so that edges are smooth. */
export const SIZE = { width: 960, height: 640 };
const FINER = 2;

/** The drawn room as a camera sees it that is held or bent in some way; default straight. */
export function roomSeen(way: Way = (u, v) => [u, v]): Scene {
  return seen(renderInterior(FINER * SIZE.width, FINER * SIZE.height, 1), way);
}

/** The same room with beams below its ceiling and a panelled wall, whose straight edges show what a lens does. */
export function panelledRoomSeen(way: Way): Scene {
  const room = renderInterior(FINER * SIZE.width, FINER * SIZE.height, 1);
  for (let i = 0; i < room.radiance.length; i++) {
    const at = Math.floor(i / 3);
    const [u, v] = [(at % room.width) / room.width, Math.floor(at / room.width) / room.height];
    if (isBeam(u, v)) room.radiance[i] = 0.35 * (room.radiance[i] as number);
  }
  return seen(room, way);
}

function isBeam(u: number, v: number): boolean {
  if (v < 0.13) return Math.abs(v - 0.045) < 0.008 || Math.abs(v - 0.115) < 0.008;
  if (v > 0.92) return Math.abs(v - 0.95) < 0.008;
  return v < 0.57 && [0.04, 0.13, 0.46, 0.52, 0.91, 0.965].some((x) => Math.abs(u - x) < 0.005);
}

function seen(large: Scene, way: Way): Scene {
  const { width, height } = SIZE;
  const radiance = new Float32Array(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) sample(large, { way, x, y }, radiance);
  return { width, height, radiance };
}

type Spot = { readonly way: Way; readonly x: number; readonly y: number };

/** Mean of four points of the room, each between its neighbours. */
function sample(from: Scene, { way, x, y }: Spot, into: Float32Array): void {
  const at = (y * SIZE.width + x) * 3;
  for (const [dx, dy] of [
    [0.25, 0.25],
    [0.75, 0.25],
    [0.25, 0.75],
    [0.75, 0.75],
  ] as const) {
    const [u, v] = way((x + dx) / SIZE.width, (y + dy) / SIZE.height);
    const left = clamp(u * from.width - 0.5, from.width - 2);
    const top = clamp(v * from.height - 0.5, from.height - 2);
    for (let channel = 0; channel < 3; channel++)
      into[at + channel] =
        (into[at + channel] as number) + between(from, { left, top, channel }) / 4;
  }
}

function between(
  { width, radiance }: Scene,
  { left, top, channel }: { left: number; top: number; channel: number },
): number {
  const [column, row] = [Math.floor(left), Math.floor(top)];
  const [right, down] = [left - column, top - row];
  const value = (dx: number, dy: number): number =>
    radiance[((row + dy) * width + column + dx) * 3 + channel] as number;
  const upper = value(0, 0) + right * (value(1, 0) - value(0, 0));
  return upper + down * (value(0, 1) + right * (value(1, 1) - value(0, 1)) - upper);
}

function clamp(value: number, most: number): number {
  return Math.min(most, Math.max(0, value));
}

/** Held askew: turned and looking up or down, both in degrees, by a lens of 24 mm on full frame. */
export function tilted(pitch: number, roll: number): Way {
  const aspect = SIZE.width / SIZE.height;

  // A step back, so that no corner looks past the edge of the room.
  const closer = 0.84;
  const focal = (24 / 36) * closer;
  const [p, r] = [(pitch * Math.PI) / 180, (roll * Math.PI) / 180];
  return (u, v) => {
    const [x, y] = [(u - 0.5) * closer, ((v - 0.5) * closer) / aspect];
    const [turnedX, turnedY] = [
      x * Math.cos(r) - y * Math.sin(r),
      x * Math.sin(r) + y * Math.cos(r),
    ];
    const depth = focal * Math.cos(p) - turnedY * Math.sin(p);
    const [seenX, seenY] = [
      (focal * turnedX) / depth,
      (focal * (turnedY * Math.cos(p) + focal * Math.sin(p))) / depth - focal * Math.tan(p),
    ];
    return [0.5 + seenX, 0.5 + seenY * aspect];
  };
}

/** Taken by a lens that bends straight edges outwards. */
export function barrel(strength: number): Way {
  const aspect = SIZE.width / SIZE.height;
  return (u, v) => {
    const [x, y] = [u - 0.5, (v - 0.5) / aspect];
    const r2 = (x * x + y * y) / (0.25 + 0.25 / aspect ** 2);
    const factor = (0.96 - strength) * (1 + strength * r2);
    return [0.5 + x * factor, 0.5 + y * factor * aspect];
  };
}

/** Moved by a hand between two exposures: shares of the frame, and degrees. */
export function shaken(right: number, down: number, turn: number): Way {
  const aspect = SIZE.width / SIZE.height;
  const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
  return (u, v) => {
    const [x, y] = [(u - 0.5) * 0.96, ((v - 0.5) * 0.96) / aspect];
    return [0.5 + right + cos * x - sin * y, 0.5 + down + (sin * x + cos * y) * aspect];
  };
}

/** Somebody who walks through, as far from the left as the share says. */
export function withSomebody(scene: Scene, at: number): Scene {
  const { width, height } = scene;
  const radiance = Float32Array.from(scene.radiance);
  for (let i = 0; i < width * height; i++) {
    const [u, v] = [((i % width) + 0.5) / width, (Math.floor(i / width) + 0.5) / height];
    const head = ((u - at) / 0.022) ** 2 + ((v - 0.3) / 0.042) ** 2 < 1;
    const body = ((u - at) / 0.05) ** 4 + ((v - 0.6) / 0.26) ** 4 < 1;
    const colour = head ? [0.16, 0.1, 0.07] : body ? [0.05, 0.09, 0.16] : null;
    if (colour !== null) radiance.set(colour, 3 * i);
  }
  return { width, height, radiance };
}

/** As a sensor sees it that had to be made very sensitive: light comes in grains. */
export function grainy(scene: Scene, strength: number): Scene {
  const random = createRandom(7);
  const radiance = scene.radiance.map((light) => {
    const noise = random() + random() + random() + random() - 2;
    return Math.max(0, light + noise * Math.sqrt(strength * (light + 0.01)));
  });
  return { ...scene, radiance };
}

/** One exposure of a scene, as interleaved 8-bit sRGB codes. */
export function shoot(
  scene: Scene,
  ev: number,
  light: readonly [number, number, number] = [1, 1, 1],
): Uint8Array {
  return expose(scene, { ev, light, seed: 100 + Math.round(10 * ev) });
}

/** The codes of an exposure whose somebody, in the middle, has a face. */
export function withFace(codes: Uint8Array): Uint8Array {
  const data = Uint16Array.from(codes, (code) => 257 * code);
  drawFace({ ...SIZE, data }, { x: 0.48 * SIZE.width, y: 0.3 * SIZE.height, size: 42 });
  return Uint8Array.from(data, (value) => Math.round(value / 257));
}

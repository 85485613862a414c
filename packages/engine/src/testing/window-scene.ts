import type { Scene } from './interior.ts';
import { createRandom } from './random.ts';

export type WindowSceneOptions = {
  readonly width: number;
  readonly height: number;
  /** Other seeds give other foliage; default 1. */
  readonly seed?: number;
  /** Factor on the light outside; 0 is a night. Default 1. */
  readonly outside?: number;
  /** Share of the window's width that a curtain covers from the left; default 0. */
  readonly curtain?: number;
  /** Whether there is a window at all; default true. */
  readonly hasWindow?: boolean;
};

/** What a pixel of the scene belongs to. */
export const PARTS = ['room', 'view', 'plant', 'lamp', 'shine', 'curtain'] as const;
export type ScenePart = (typeof PARTS)[number];

export type WindowScene = Scene & {
  /** For each pixel an index into PARTS. */
  readonly parts: Uint8Array;
};

type Rgb = readonly [red: number, green: number, blue: number];

/** In shares of the width and height. */
const WINDOW = { left: 0.52, top: 0.1, right: 0.92, bottom: 0.6 };
const FRAME = 0.018;
const PLANT = { x: 0.66, y: 0.5 };
const LAMP = { x: 0.2, y: 0.3, radius: 0.05 };
const SHINE = { x: 0.35, y: 0.84, width: 0.14, height: 0.05 };

/**
 * A room with what makes pulling a window hard, and which pixel is what: a view of sky and trees,
 * ten to forty times as bright as the room, white frame and bars, a plant before the glass, a lamp
 * that is as bright as the sky, and a table that shines. Light is linear; 1.0 fills the sensor at EV 0.
 */
export function renderWindowScene(options: WindowSceneOptions): WindowScene {
  const { width, height, seed = 1 } = options;
  const random = createRandom(seed);
  const foliage = Float32Array.from({ length: 40 * 40 }, () => random());
  const radiance = new Float32Array(width * height * 3);
  const parts = new Uint8Array(width * height);
  for (let i = 0; i < parts.length; i++) {
    const [u, v] = [((i % width) + 0.5) / width, (Math.floor(i / width) + 0.5) / height];
    const aspect = width / height;
    const part = partAt({ u, v, aspect }, options);
    parts[i] = PARTS.indexOf(part);
    const grain = 1 + 0.02 * (random() - 0.5);
    const color = colorOf(part, { u, v, aspect }, { foliage, outside: options.outside ?? 1 });
    for (let c = 0; c < 3; c++) radiance[3 * i + c] = (color[c] ?? 0) * grain;
  }
  return { width, height, radiance, parts };
}

type Place = { readonly u: number; readonly v: number; readonly aspect: number };

function partAt(
  { u, v, aspect }: Place,
  { hasWindow = true, curtain = 0 }: WindowSceneOptions,
): ScenePart {
  if (Math.hypot((u - LAMP.x) * aspect, v - LAMP.y) < LAMP.radius) return 'lamp';
  if (Math.abs(u - SHINE.x) < SHINE.width && Math.abs(v - SHINE.y) < SHINE.height) return 'shine';
  if (!hasWindow) return 'room';
  if (isPlant({ u, v, aspect })) return 'plant';
  if (!isGlass({ u, v, aspect })) return 'room';
  const across = (u - WINDOW.left) / (WINDOW.right - WINDOW.left);
  return across < curtain ? 'curtain' : 'view';
}

function isGlass({ u, v, aspect }: Place): boolean {
  const [x, y] = [FRAME / aspect, FRAME];
  if (u < WINDOW.left + x || u > WINDOW.right - x) return false;
  if (v < WINDOW.top + y || v > WINDOW.bottom - y) return false;
  const middle = [(WINDOW.left + WINDOW.right) / 2, WINDOW.top + 0.17] as const;
  return Math.abs(u - middle[0]) > 0.6 * x && Math.abs(v - middle[1]) > 0.6 * y;
}

/** Five leaves on stalks, from the sill up. */
function isPlant({ u, v, aspect }: Place): boolean {
  for (let leaf = 0; leaf < 5; leaf++) {
    const angle = -Math.PI / 2 + (leaf - 2) * 0.5;
    const [x, y] = [PLANT.x + (0.09 * Math.cos(angle)) / aspect, PLANT.y + 0.09 * Math.sin(angle)];
    const [across, down] = [(u - x) * aspect, v - y];
    const along = across * Math.cos(angle) + down * Math.sin(angle);
    const beside = -across * Math.sin(angle) + down * Math.cos(angle);
    if ((along / 0.06) ** 2 + (beside / 0.022) ** 2 < 1) return true;
  }
  return Math.abs(u - PLANT.x) < 0.012 / aspect && v > PLANT.y - 0.05 && v < 0.66;
}

type Outdoors = { readonly foliage: Float32Array; readonly outside: number };

function colorOf(part: ScenePart, place: Place, outdoors: Outdoors): Rgb {
  const { u, v } = place;
  if (part === 'view') return scaled(viewAt(place, outdoors.foliage), outdoors.outside);
  if (part === 'plant') return [0.03, 0.06, 0.02];
  if (part === 'curtain') return [0.34, 0.33, 0.31];
  if (part === 'lamp') {
    const far = Math.hypot((u - LAMP.x) * place.aspect, v - LAMP.y) / LAMP.radius;
    return scaled([1.5, 1, 0.5], 30 - 22 * far);
  }
  if (part === 'shine') {
    const far = ((u - SHINE.x) / SHINE.width) ** 2 + ((v - SHINE.y) / SHINE.height) ** 2;
    return scaled([1, 0.97, 0.92], 0.15 + 1.6 * Math.max(0, 1 - far));
  }
  return roomAt(place);
}

/** Sky over trees over a lawn. */
function viewAt({ u, v, aspect }: Place, foliage: Float32Array): Rgb {
  if (v < 0.3 + 0.02 * Math.sin(40 * u)) return scaled([5.5, 6.3, 7.5], 1 - 0.8 * v);
  if (v > 0.52) return scaled([1.9, 2.6, 1.1], 1 + 0.25 * Math.sin(300 * u) * Math.sin(260 * v));
  const [x, y] = [Math.floor(u * 160 * aspect) % 40, Math.floor(v * 160) % 40];
  const leaf = foliage[y * 40 + x] ?? 0;
  return scaled([0.55, 0.8, 0.3], 0.5 + 4 * leaf * leaf);
}

/** Pale walls, brighter towards the window and the lamp, a white frame, a wooden floor. */
function roomAt({ u, v, aspect }: Place): Rgb {
  const nearWindow = 1 / (1 + 6 * ((u - 0.72) ** 2 + (v - 0.35) ** 2));
  const lampFar = Math.hypot((u - LAMP.x) * aspect, v - LAMP.y);
  const nearLamp = 0.6 / (1 + 60 * lampFar * lampFar);
  const isFrame = u > WINDOW.left && u < WINDOW.right && v > WINDOW.top && v < WINDOW.bottom;
  if (isFrame) return scaled([0.55, 0.54, 0.52], nearWindow);
  if (v > 0.68) return scaled([0.2, 0.13, 0.08], nearWindow * (1 + 0.1 * Math.sin(90 * u)));
  const wall = 0.1 + 0.25 * nearWindow;
  return [
    wall + 0.9 * nearLamp * 0.5,
    wall + 0.6 * nearLamp * 0.5,
    wall * 0.97 + 0.3 * nearLamp * 0.5,
  ];
}

function scaled([red, green, blue]: Rgb, factor: number): Rgb {
  return [red * factor, green * factor, blue * factor];
}

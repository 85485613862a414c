import type { Plane } from '../pixels/picture.ts';

/** Side of the squares that are looked at, in samples of luma; chroma is as wide in pixels. */
const TILE = 32;

/** Squares at most; spread over the photo. */
const TILES = 600;

/** Darker and brighter than these (0..1) noise is cut off and seems less than it is. */
const READABLE = [0.03, 0.96] as const;

/** Share of the squares that is taken for flat: their details are noise. */
const FLAT = 0.1;

/** Luma is divided into so many levels, because noise depends on it. */
export const NOISE_LEVELS = 8;

/** Squares that make a level's own measurement believable. */
const ENOUGH = 12;

/** A level may be this much noisier than the photo as a whole; what seems more is texture. */
const MOST = 2;

/** Standard deviations of noise; 1 is full scale. */
export type Noise = {
  readonly luma: number;
  readonly cb: number;
  readonly cr: number;
  /** Noise of luma around the middle of each level, from black to white. */
  readonly byLevel: readonly number[];
};

/** Reads a square of samples (1 is full scale), row by row, into `into`, which is side x side. */
export type TileReader = (corner: { x: number; y: number }, into: Float32Array) => void;

/** How to look at a photo of some size: luma of every pixel, chroma of every 2 x 2. */
export type NoiseSource = {
  readonly width: number;
  readonly height: number;
  readonly luma: TileReader;
  readonly cb: TileReader;
  readonly cr: TileReader;
};

type Tile = {
  readonly mean: number;
  readonly luma: number;
  readonly cb: number;
  readonly cr: number;
};

/** Noise of a photo, measured on its flattest squares. No noise where it is too small to tell. */
export function measureNoise(source: NoiseSource): Noise {
  const tiles = readTiles(source).filter(({ mean }) => mean >= READABLE[0] && mean <= READABLE[1]);
  const luma = flattest(tiles.map((tile) => tile.luma));
  const byLevel = Array.from({ length: NOISE_LEVELS }, (_, level) => {
    const own = tiles.filter(({ mean }) => Math.floor(mean * NOISE_LEVELS) === level);
    return own.length < ENOUGH ? null : Math.min(MOST * luma, flattest(own.map((t) => t.luma)));
  });
  return {
    luma,
    cb: flattest(tiles.map((tile) => tile.cb)),
    cr: flattest(tiles.map((tile) => tile.cr)),
    byLevel: byLevel.map((_, level) => nearestOf(byLevel, level) ?? luma),
  };
}

function readTiles(source: NoiseSource): Tile[] {
  const { width, height } = source;
  const across = Math.floor(width / TILE);
  const down = Math.floor(height / TILE);
  const step = Math.max(1, Math.sqrt((across * down) / TILES));
  const [large, small] = [new Float32Array(TILE * TILE), new Float32Array((TILE * TILE) / 4)];
  const tiles: Tile[] = [];
  for (let j = step / 2; j < down; j += step) {
    for (let i = step / 2; i < across; i += step) {
      const corner = { x: Math.floor(i) * TILE, y: Math.floor(j) * TILE };
      const half = { x: corner.x / 2, y: corner.y / 2 };
      source.luma(corner, large);
      const mean = meanOf(large);
      const luma = noiseOf(large, TILE);
      source.cb(half, small);
      const cb = noiseOf(small, TILE / 2);
      source.cr(half, small);
      tiles.push({ mean, luma, cb, cr: noiseOf(small, TILE / 2) });
    }
  }
  return tiles;
}

function meanOf(tile: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < tile.length; i++) sum += tile[i] as number;
  return sum / tile.length;
}

/**
 * Immerkaer, "Fast Noise Variance Estimation", CVIU 64(2), 1996: the mask [1 -2 1; -2 4 -2; 1 -2 1]
 * answers to noise and hardly to structure.
 */
function noiseOf(tile: Float32Array, side: number): number {
  let sum = 0;
  for (let y = 1; y < side - 1; y++) {
    for (let i = y * side + 1; i < y * side + side - 1; i++) {
      const above = (tile[i - side - 1] as number) + (tile[i - side + 1] as number);
      const below = (tile[i + side - 1] as number) + (tile[i + side + 1] as number);
      const upright = (tile[i - side] as number) + (tile[i + side] as number);
      const level = (tile[i - 1] as number) + (tile[i + 1] as number);
      sum += Math.abs(above + below - 2 * (upright + level) + 4 * (tile[i] as number));
    }
  }
  return (Math.sqrt(Math.PI / 2) * sum) / (6 * (side - 2) * (side - 2));
}

function flattest(sigmas: readonly number[]): number {
  const sorted = [...sigmas].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * FLAT)] ?? 0;
}

/** The value of a level or, where it has none, of the nearest one that has. */
function nearestOf(values: readonly (number | null)[], level: number): number | null {
  for (let distance = 0; distance < values.length; distance++) {
    const found = values[level - distance] ?? values[level + distance];
    if (found != null) return found;
  }
  return null;
}

/** Reads squares of a plane. */
export function tilesOf(plane: Plane): TileReader {
  const { width, data } = plane;
  return ({ x, y }, into) => {
    const side = Math.sqrt(into.length);
    for (let row = 0, i = 0; row < side; row++) {
      const at = (y + row) * width + x;
      for (let k = at; k < at + side; k++, i++) into[i] = data[k] as number;
    }
  };
}

import type { Plane } from '../pixels/picture.ts';
import type { Homography } from '../plan/plan.ts';
import { IDENTITY } from './homography.ts';
import type { TextureMap } from './texture-map.ts';
import type { Spot } from './track.ts';

/** The frame is divided into about this many cells, and the best spot of every cell is taken. */
const CELLS = 240;

/**
 * Where fewer cells have one, more are taken wherever there is most to hold on to: in a dark exposure,
 * in the window. Not otherwise, for what is outside may be leaves in the wind.
 */
const SPOTS = 260;

/** Finer cells, so that spots hardly overlap: pixels of the overview. */
const FINE_CELL = 20;

/** So near to the rim (pixels of the map) no block fits around a spot. */
const RIM = 3;

/** Texture, in units of noise, from which a spot is worth looking at. */
const LEAST_TEXTURE = 40;

type Pair = {
  readonly reference: TextureMap;
  readonly frame: TextureMap;
  readonly guess: Homography;
};

/** With fewer good places those beside clipped ones are better than nothing. */
const FEW = 24;

type Candidate = { readonly strength: number; readonly cell: number; readonly spot: Spot };

/** Places with texture in both exposures, spread over the frame; centres of overview pixels. */
export function chooseSpots({ reference, frame, guess }: Pair): Spot[] {
  const good = spotsIn({
    reference: reference.plane,
    frame: frame.plane,
    factor: reference.factor,
    guess,
  });
  if (good.length >= FEW) return good;
  const planes = { reference: reference.withClipped, frame: frame.withClipped };
  return spotsIn({ ...planes, factor: reference.factor, guess });
}

/** Whether an exposure has at least `count` places with texture of its own. */
export function hasSpots(texture: TextureMap, count: number): boolean {
  const plane = texture.withClipped;
  const pair = { reference: plane, frame: plane, factor: texture.factor, guess: IDENTITY };
  return strongestPerCell(pair, count).length >= count;
}

type Planes = {
  readonly reference: Plane;
  readonly frame: Plane;
  readonly factor: number;
  readonly guess: Homography;
};

function spotsIn(planes: Planes): Spot[] {
  const candidates = strongestPerCell(planes);
  candidates.sort((a, b) => b.strength - a.strength || a.spot.y - b.spot.y || a.spot.x - b.spot.x);
  const taken = new Set<number>();
  const [spread, rest]: [Spot[], Spot[]] = [[], []];
  for (const { cell, spot } of candidates) {
    (taken.has(cell) ? rest : spread).push(spot);
    taken.add(cell);
  }
  return [...spread, ...rest.slice(0, Math.max(0, SPOTS - spread.length))];
}

/** The best place of every fine cell, and which of the coarse cells it lies in. */
function strongestPerCell(
  { reference: plane, frame, factor, guess }: Planes,
  enough = Number.POSITIVE_INFINITY,
): Candidate[] {
  const fine = Math.max(1, Math.round(FINE_CELL / factor));
  const coarse = Math.max(fine, Math.sqrt((plane.width * plane.height) / CELLS));
  const columns = Math.ceil(plane.width / coarse);
  const [a, b, c, d, e, f, g, h, k] = guess;
  const [right, bottom] = [plane.width - RIM, plane.height - RIM];
  const found: Candidate[] = [];
  for (let top = RIM; top < bottom && found.length < enough; top += fine) {
    for (let left = RIM; left < right; left += fine) {
      let [strength, bestX, bestY] = [LEAST_TEXTURE, -1, -1];
      for (let y = top; y < Math.min(top + fine, bottom); y++) {
        for (let x = left; x < Math.min(left + fine, right); x++) {
          const here = plane.data[y * plane.width + x] as number;
          if (here <= strength) continue;
          const u = (x + 0.5) * factor;
          const v = (y + 0.5) * factor;
          const w = 1 / ((g * u + h * v + k) * factor);
          const column = Math.floor((a * u + b * v + c) * w);
          const row = Math.floor((d * u + e * v + f) * w);
          if (column < 0 || row < 0 || column >= frame.width || row >= frame.height) continue;
          const there = frame.data[row * frame.width + column] as number;
          if (there > strength) [strength, bestX, bestY] = [Math.min(here, there), x, y];
        }
      }
      if (bestX < 0) continue;
      const [x, y] = [bestX * factor + factor / 2 + 0.5, bestY * factor + factor / 2 + 0.5];
      const cell = Math.floor(bestY / coarse) * columns + Math.floor(bestX / coarse);
      found.push({ strength, cell, spot: { x, y, dx: 0, dy: 0 } });
    }
  }
  return found;
}

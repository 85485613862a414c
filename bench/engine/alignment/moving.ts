import { createRandom } from '@repo/engine/test-pictures';
import { ghostMasks } from '../../../packages/engine/src/ghost/ghost-masks.ts';
import { planningCopies } from '../../../packages/engine/src/merge/planning-copies.ts';
import type { Picture, Plane } from '../../../packages/engine/src/pixels/picture.ts';
import type { Overview } from '../../../packages/engine/src/plan/plan.ts';
import { overviewOfPicture } from './photos.ts';

/** Something that is put at another place in every exposure. */
type Thing = {
  /** Whether the pixel at (u, v), -1..1 from its middle, belongs to it. */
  readonly has: (u: number, v: number) => boolean;
  /** Half its size, as a share of the frame's height. */
  readonly across: number;
  readonly down: number;
  /** How far it goes from one exposure to the next, in its own widths. */
  readonly stride: number;
};

/** Head, body and legs, a third as high as the frame. */
const PERSON: Thing = {
  has: (u, v) =>
    v < -0.72
      ? (u / 0.45) ** 2 + ((v + 0.85) / 0.16) ** 2 < 1
      : v < 0.15
        ? Math.abs(u) < 0.95
        : Math.abs(Math.abs(u) - 0.4) < 0.3,
  across: 0.055,
  down: 0.17,
  stride: 1.4,
};

/** A leaf that sways by its own width. */
const LEAF: Thing = {
  has: (u, v) => u * u + v * v < 1,
  across: 0.014,
  down: 0.011,
  stride: 1.1,
};

/** How much of what moved is shown by one state of the scene alone, and how much is hidden by mistake. */
export type Found = { readonly found: number; readonly wrong: number };

/** Somebody walks through a bracket. @param overviews that lie on each other */
export function walkThrough(overviews: readonly Overview[], seed: number): Found {
  return measure(overviews, [PERSON], seed);
}

/** Thirty leaves in the wind. */
export function shakeLeaves(overviews: readonly Overview[], seed: number): Found {
  return measure(overviews, Array<Thing>(30).fill(LEAF), seed);
}

/**
 * Pastes things cut from elsewhere in the same exposure, so that their brightness is right in each, and
 * counts pixels that then differ visibly from what was there in at least one exposure.
 */
function measure(overviews: readonly Overview[], things: readonly Thing[], seed: number): Found {
  const random = createRandom(seed);
  const pictures = overviews.map(({ picture }) => ({ ...picture, data: picture.data.slice() }));
  const { width, height } = pictures[0] ?? { width: 0, height: 0 };
  const here = new Uint16Array(width * height);
  const touched = new Uint8Array(width * height);
  for (const thing of things) {
    const [right, down] = [thing.across * height, thing.down * height];
    const place = (): [number, number] => [
      Math.round(right + random() * (width - 2 * right)),
      Math.round(down + random() * (height - 2 * down)),
    ];
    const [source, start] = [place(), place()];
    for (const [k, picture] of pictures.entries()) {
      const to: [number, number] = [start[0] + Math.round(k * thing.stride * 2 * right), start[1]];
      const original = overviews[k]?.picture;
      if (original !== undefined)
        paste({ thing, source, to, original, picture, bit: 1 << k }, { here, touched });
    }
  }
  const copies = planningCopies(pictures.map((picture, i) => overviewOfPicture(picture, i, 1)));
  const { masks } = ghostMasks(copies, overviews.length >> 1);
  return count(masks, { width, factor: copies[0]?.scale ?? 1 }, { here, touched });
}

type Paste = {
  readonly thing: Thing;
  readonly source: readonly [number, number];
  readonly to: readonly [number, number];
  readonly original: Picture;
  readonly picture: Picture;
  /** Of this exposure among all. */
  readonly bit: number;
};

type Marks = {
  /** The exposures, by bit, that visibly show a thing at each pixel. */
  readonly here: Uint16Array;
  readonly touched: Uint8Array;
};

/** A difference of this many codes (of 255) in two channels is seen. */
const SEEN = 14;

/** How far beside a thing a mask may begin without being wrong, as a share of the frame's height. */
const BESIDE = 0.025;

function paste(
  { thing, source, to, original, picture, bit }: Paste,
  { here, touched }: Marks,
): void {
  const { width, height, data } = picture;
  const [right, down] = [thing.across * height, thing.down * height];
  const rim = Math.ceil(BESIDE * height);
  for (let j = -Math.floor(down) - rim; j <= down + rim; j++) {
    for (let i = -Math.floor(right) - rim; i <= right + rim; i++) {
      const [x, y] = [to[0] + i, to[1] + j];
      if (x < 0 || y < 0 || x >= width || y >= height) continue;
      touched[y * width + x] = 1;
      const isInside = Math.abs(i) <= right && Math.abs(j) <= down;
      if (!isInside || !thing.has(i / right, j / down)) continue;
      const from = 3 * ((source[1] + j) * width + source[0] + i);
      const at = 3 * (y * width + x);
      let different = 0;
      for (let channel = 0; channel < 3; channel++) {
        const value = original.data[from + channel] as number;
        if (Math.abs(value - (original.data[at + channel] as number)) > SEEN * 257) different++;
        data[at + channel] = value;
      }
      if (different >= 2) here[y * width + x] = (here[y * width + x] as number) | bit;
    }
  }
}

/**
 * A pixel is right where one exposure alone shows it, or several that have nothing of the thing. Masks may
 * be smaller than the exposures by a whole factor.
 */
function count(
  masks: readonly (Plane | null)[],
  { width, factor }: { readonly width: number; readonly factor: number },
  { here, touched }: Marks,
): Found {
  const shownBy = (x: number, y: number): number[] =>
    [...masks.keys()].filter((k) => {
      const mask = masks[k] ?? null;
      if (mask === null) return true;
      const at = Math.floor(y / factor) * mask.width + Math.floor(x / factor);
      return (mask.data[at] as number) >= 0.5;
    });
  let [seen, found, wrong] = [0, 0, 0];
  for (let i = 0; i < here.length; i++) {
    if (here[i] === 0 && touched[i] === 1) continue;
    const shown = shownBy(i % width, Math.floor(i / width));
    if (here[i] !== 0) seen++;
    if (here[i] !== 0 && isOneState(shown, here[i] as number)) found++;
    if (touched[i] === 0 && shown.length < masks.length) wrong++;
  }
  return { found: seen === 0 ? 1 : found / seen, wrong: wrong / here.length };
}

function isOneState(shown: readonly number[], here: number): boolean {
  return shown.length === 1 || shown.every((k) => ((here >> k) & 1) === 0);
}

import { createRandom } from '@repo/engine/test-pictures';
import { readFingerprint } from '../../packages/engine/src/group/fingerprint.ts';
import { compareViews } from '../../packages/engine/src/group/same-view.ts';
import { viewOf } from '../../packages/engine/src/group/view.ts';
import { blankListing } from './grouping/blanks.ts';
import { listFixtures, PHOTO_SETS, type Pose, viewFrom } from './grouping/photos.ts';
import {
  bareFrame,
  bareUpload,
  exifUpload,
  type Loaded,
  loadAll,
  type Sorted,
  sortUpload,
  type Uploaded,
} from './grouping/upload.ts';
import type { Figure, Judge } from './judge.ts';

/*
 * Everything in one upload, shuffled: brackets of 3 to 30 frames and singles, all cut to one size,
 * without names. Held by a tripod and by a hand. Once with EXIF, once with nothing but pixels.
 */

const SEEDS = [1, 2, 3, 4, 5];

async function measure(data: string): Promise<readonly Figure[]> {
  const loaded = await loadAll(listFixtures(data));
  const withExif: Sorted[] = [];
  const without: Sorted[] = [];
  for (const seed of SEEDS) {
    const handHeld = seed % 2 === 0;
    withExif.push(sortUpload(await exifUpload(loaded, handHeld, seed), seed));
    without.push(sortUpload(bareUpload(loaded, handHeld, seed), seed));
  }
  const beside = NEIGHBOURS.map((pose, i) => sortUpload(besideUpload(loaded, pose, i), i));
  const blanks = SEEDS.map((seed) => blankListing(loaded, seed));
  const runs = [...withExif, ...without, ...beside];
  return [
    {
      what: 'scenes right, with EXIF, worst of 5 shuffles',
      value: worst(withExif, ({ scenesRight, scenes }) => scenesRight / scenes),
      unit: '%',
      target: { atLeast: 100 },
      note: describe(withExif),
    },
    {
      what: 'frames right, nothing but pixels, worst of 5 shuffles',
      value: worst(without, ({ framesRight, frames }) => framesRight / frames),
      unit: '%',
      target: { atLeast: 99 },
      note: describe(without),
    },
    {
      what: `frames right, each scene twice, 15 to 30 % apart, worst of ${NEIGHBOURS.length}`,
      value: worst(beside, ({ framesRight, frames }) => framesRight / frames),
      unit: '%',
      target: { atLeast: 99 },
      note: describe(beside),
    },
    {
      what: 'white and black frames among named brackets, placed',
      value: (sum(blanks.map(({ placed }) => placed)) / sum(blanks.map((run) => run.blanks))) * 100,
      unit: '%',
      target: { atLeast: 90 },
      note: `${sum(blanks.map((run) => run.blanks))} of them in ${SEEDS.length} listings; the others are left alone`,
    },
    {
      what: 'wrong merges in all of these',
      value: sum([...runs.map((run) => run.wrongMerges), ...blanks.map((run) => run.wrong)]),
      unit: '',
      target: { atMost: 0 },
      note: `${runs.length + blanks.length} uploads`,
    },
    ...times(loaded),
  ];
}

/** The same room from a spot beside, or from nearer. */
const NEIGHBOURS: readonly Pick<Pose, 'right' | 'down' | 'scale'>[] = [
  { right: 0.15, down: 0, scale: 1 },
  { right: 0, down: 0.15, scale: 1 },
  { right: -0.2, down: 0, scale: 1 },
  { right: 0.14, down: -0.14, scale: 1 },
  { right: 0.3, down: 0, scale: 1 },
  { right: 0, down: 0, scale: 0.85 },
  { right: 0.05, down: 0, scale: 0.8 },
  { right: 0, down: 0.05, scale: 0.7 },
];

/** Two views of two thirds of each photo, `pose` apart, held by hand. */
function besideUpload(
  loaded: readonly Loaded[],
  pose: (typeof NEIGHBOURS)[number],
  seed: number,
): Uploaded[] {
  const keep = 0.66;
  const random = createRandom(100 + seed);
  const shake = (): number => (random() * 2 - 1) * 0.01;
  return loaded.flatMap(({ scene, photo }) =>
    [0, 1].map((side) => {
      const view = viewFrom(photo, {
        keep,
        right: (side - 0.5) * pose.right * keep + shake(),
        down: (side - 0.5) * pose.down * keep + shake(),
        turn: shake(),
        scale: side === 0 ? 1 : pose.scale,
      });
      return { scene: `${scene} ${side}`, frame: bareFrame(view, random) };
    }),
  );
}

function times(loaded: readonly Loaded[]): Figure[] {
  const upload = [...bareUpload(loaded, true, 7), ...besideSingles(loaded)].slice(0, 300);
  const all = [1, 2, 3].map((seed) => timeOf(() => sortUpload(upload, seed)));
  const views = upload.slice(0, 200).flatMap(({ frame }) => {
    const print = readFingerprint(frame.fingerprint);
    return print === null ? [] : [viewOf(print)];
  });
  let slowest = 0;
  views.forEach((a, i) => {
    for (const b of views.slice(i + 1, i + 4)) {
      if (a.print.width !== b.print.width) continue;
      // The best of five: what the machine does besides is not ours.
      const took = [1, 2, 3, 4, 5].map(() => timeOf(() => compareViews(a, b)));
      slowest = Math.max(slowest, Math.min(...took));
    }
  });
  return [
    {
      what: `sorting ${upload.length} frames by pixels alone, middle of 3`,
      value: (all.sort((a, b) => a - b)[1] ?? 0) / 1000,
      unit: 's',
      target: { atMost: 2 },
    },
    {
      what: 'slowest comparison of two frames',
      value: slowest,
      unit: 'ms',
      target: { atMost: 5 },
    },
  ];
}

/** Some more singles, to fill an upload up. */
function besideSingles(loaded: readonly Loaded[]): Uploaded[] {
  const counts = new Map<string, number>();
  for (const { scene } of loaded) counts.set(scene, (counts.get(scene) ?? 0) + 1);
  const singles = loaded.filter(({ scene }) => counts.get(scene) === 1);
  return besideUpload(singles, { right: 0.3, down: 0, scale: 1 }, 0);
}

function timeOf(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function worst<T>(runs: readonly T[], share: (run: T) => number): number {
  return Math.min(...runs.map(share)) * 100;
}

function describe(runs: readonly Sorted[]): string {
  const [first] = runs;
  const wrong = [...new Set(runs.flatMap((run) => run.wrong))].map((scene) =>
    scene.split('/').at(-1),
  );
  return `${first?.scenes} scenes, ${first?.frames} frames; wrong: ${wrong.join(', ') || 'none'}`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

export const grouping: Judge = { name: 'grouping', needs: PHOTO_SETS, measure };

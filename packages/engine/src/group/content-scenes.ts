import { contradict, match } from './check-scenes.ts';
import { glance, isComparable, isPromising } from './same-view.ts';
import type { Shot } from './shot.ts';
import { tidyScene } from './tidy-scene.ts';

/** Shots that belong together; scenes known by their time are not joined with each other any more. */
type Scene = { readonly shots: Shot[]; readonly timed: boolean };

type Pair = { readonly a: Shot; readonly b: Shot; readonly score: number };

/** After so many pairs of two scenes that looked alike and were not, the others are not tried. */
const MOST_TRIES = 3;
/** Members of a scene that a new one must not contradict; more are not asked. */
const MOST_WITNESSES = 8;

/**
 * Sorts loose shots by what they show, among each other and into the scenes that are known.
 * The best pairs come first; nothing is joined that contradicts what is joined already.
 */
export function joinByContent(
  known: readonly Shot[][],
  loose: readonly Shot[],
  maxFrames: number,
): Shot[][] {
  const scenes = cluster(known, loose, maxFrames);
  return scenes.flatMap(({ shots, timed }) => (timed ? [shots] : tidyScene(shots, maxFrames)));
}

function cluster(known: readonly Shot[][], loose: readonly Shot[], maxFrames: number): Scene[] {
  const sceneOf = new Map<string, Scene>();
  for (const shots of known) {
    const scene: Scene = { shots: [...shots], timed: true };
    for (const shot of shots) sceneOf.set(shot.id, scene);
  }
  for (const shot of loose) sceneOf.set(shot.id, { shots: [shot], timed: false });
  const failed = new Map<Scene, Map<Scene, number>>();
  for (const { a, b } of promisingPairs(known.flat(), loose)) {
    const [sceneA, sceneB] = [sceneOf.get(a.id), sceneOf.get(b.id)];
    if (sceneA === undefined || sceneB === undefined || sceneA === sceneB) continue;
    if (!mayJoin(sceneA, sceneB, maxFrames)) continue;
    const tries = failed.get(sceneA)?.get(sceneB) ?? 0;
    if (tries >= MOST_TRIES) continue;
    if (!match(a, b) || areContrary(sceneA, sceneB)) {
      countFailure(failed, sceneA, sceneB);
      continue;
    }
    const [into, from] = sceneB.timed ? [sceneB, sceneA] : [sceneA, sceneB];
    into.shots.push(...from.shots);
    for (const shot of from.shots) sceneOf.set(shot.id, into);
  }
  return [...new Set(sceneOf.values())];
}

/** Scenes without times are cut to size in the end, by their exposures. */
function mayJoin(a: Scene, b: Scene, maxFrames: number): boolean {
  if (!a.timed && !b.timed) return true;
  return a.timed !== b.timed && a.shots.length + b.shots.length <= maxFrames;
}

/** Pairs with a loose shot in them that are worth a closer look, the most alike first. */
function promisingPairs(known: readonly Shot[], loose: readonly Shot[]): Pair[] {
  const pairs: Pair[] = [];
  loose.forEach((a, i) => {
    const viewA = a.view();
    if (viewA === null) return;
    for (const others of [loose.slice(i + 1), known]) {
      for (const b of others) {
        const viewB = b.view();
        if (viewB === null || !isSameSize(a, b) || !isComparable(viewA, viewB)) continue;
        const seen = glance(viewA, viewB);
        if (isPromising(seen)) pairs.push({ a, b, score: seen.score });
      }
    }
  });
  return pairs.sort((x, y) => y.score - x.score || x.a.place - y.a.place || x.b.place - y.b.place);
}

/** The frames of one scene are merged pixel by pixel. */
function isSameSize(a: Shot, b: Shot): boolean {
  return a.frame.width === b.frame.width && a.frame.height === b.frame.height;
}

function areContrary(a: Scene, b: Scene): boolean {
  return witnesses(a).some((x) => witnesses(b).some((y) => contradict(x, y)));
}

function witnesses({ shots }: Scene): Shot[] {
  const step = Math.ceil(shots.length / MOST_WITNESSES);
  return shots.filter((_, i) => i % step === 0);
}

function countFailure(failed: Map<Scene, Map<Scene, number>>, a: Scene, b: Scene): void {
  for (const [x, y] of [
    [a, b],
    [b, a],
  ] as const) {
    const counts = failed.get(x) ?? new Map<Scene, number>();
    counts.set(y, (counts.get(y) ?? 0) + 1);
    failed.set(x, counts);
  }
}

import { compareViews, glance, isComparable, isContradiction } from './same-view.ts';
import type { Shot, TimedFrame } from './shot.ts';

/** Longest pause (milliseconds) after which a look at the pictures may still join two exposures. */
const LONGEST_PAUSE = 5 * 60_000;
/** Exposures closer than this (EV) are the same one. */
const SAME_EV = 0.2;

/** Whether two frames plainly show different views. Frames without a fingerprint never do. */
export function contradict(a: Shot, b: Shot): boolean {
  const [viewA, viewB] = [a.view(), b.view()];
  if (viewA === null || viewB === null || !isComparable(viewA, viewB)) return false;
  return isContradiction(glance(viewA, viewB)) && compareViews(viewA, viewB) === 'different';
}

/** Whether two frames plainly show the same. */
export function match(a: Shot, b: Shot, least?: number): boolean {
  const [viewA, viewB] = [a.view(), b.view()];
  if (viewA === null || viewB === null || !isComparable(viewA, viewB)) return false;
  return compareViews(viewA, viewB, least) === 'same';
}

/**
 * Looks at scenes that were put together by time: clocks stand still, and all files of an export
 * may carry one date.
 * @returns the scenes that may be true, and the shots of those that cannot
 */
export function checkScenes(scenes: readonly Shot[][]): { scenes: Shot[][]; doubtful: Shot[] } {
  const good: Shot[][] = [];
  const doubtful: Shot[] = [];
  for (const scene of scenes) {
    const wrong = scene.some((a, i) => scene.slice(i + 1).some((b) => contradict(a, b)));
    if (wrong) doubtful.push(...scene);
    else good.push(scene);
  }
  return { scenes: good, doubtful };
}

/**
 * Joins a single exposure to the scene before or after it, when it shows the same at another
 * exposure: brackets set by hand, and the darker one for the windows that was taken in the end.
 * @param scenes one camera's, in the order they were taken
 */
export function joinSingles(scenes: readonly Shot[][], maxFrames: number): Shot[][] {
  const joined: Shot[][] = [];
  for (const scene of scenes) {
    const last = joined.at(-1);
    if (last !== undefined && last.length + scene.length <= maxFrames && continues(last, scene))
      last.push(...scene);
    else joined.push([...scene]);
  }
  return joined;
}

function continues(scene: readonly Shot[], next: readonly Shot[]): boolean {
  if (scene.length > 1 && next.length > 1) return false;
  const [before, after] = [timesOf(scene), timesOf(next)];
  const [last, first] = [before.at(-1), after[0]];
  if (last === undefined || first === undefined) return false;
  if (first.start - last.end > LONGEST_PAUSE || isCasual(last, first)) return false;
  if (before.some((a) => after.some((b) => Math.abs(a.ev - b.ev) < SAME_EV))) return false;
  if (scene.some((a) => next.some((b) => contradict(a, b)))) return false;
  return scene.some((a) => next.some((b) => match(a, b)));
}

function timesOf(scene: readonly Shot[]): TimedFrame[] {
  return scene.flatMap((shot) => shot.timed ?? []);
}

/** Two shots on plain automatic with the same bias differ because the light did, not to bracket it. */
function isCasual(a: TimedFrame, b: TimedFrame): boolean {
  return a.mode === 'auto' && b.mode === 'auto' && b.bias !== null && a.bias === b.bias;
}

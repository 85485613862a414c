import { contradict, match } from './check-scenes.ts';
import { levelOf } from './exposure-step.ts';
import { questionsOf } from './same-view.ts';
import { byPlace, type Shot } from './shot.ts';

/*
 * Frames that are almost white or almost black say too little of what they show. Their place in
 * the order of names may say the rest, but only when names are in order, and when there is one
 * place for them and no other.
 */

/** Share of questions that a frame with a view in it answers (rooms: 0.35 and more). */
const TELLING = 0.12;
/** With the order of names behind it, this share of common answers is enough. */
const LEAST_IN_ORDER = 0.006;
/** Share of the scenes that must lie together in the order of names, and in how many frames. */
const IN_ORDER = 0.9;
const LEAST_FRAMES = 6;
/** Share of the brackets that must look alike to be called usual, and their least number. */
const USUAL = 0.6;
const LEAST_BRACKETS = 2;
/** Most blank frames in a row. */
const LONGEST_RUN = 2;

/** Whether a frame shows too little to be recognised. */
export function isBlank(shot: Shot): boolean {
  const view = shot.view();
  return view !== null && view.coarse.answers < TELLING * questionsOf(view.coarse);
}

/**
 * Moves the blank frames that have one place and no other into their scenes.
 * @param scenes all of an upload; blank frames that were not recognised are scenes of their own
 */
export function placeBlanks(scenes: readonly Shot[][], maxFrames: number): Shot[][] {
  const isLoneBlank = (scene: readonly Shot[]): boolean =>
    scene.length === 1 && scene.every(isBlank);
  const blanks = scenes.filter(isLoneBlank).flat();
  const others = scenes.filter((scene) => !isLoneBlank(scene)).map((scene) => [...scene]);
  if (blanks.length === 0 || others.length === 0 || !areInOrder(others))
    return scenes.map((scene) => [...scene]);
  const rules = { maxFrames, usual: usualBracket(others), isOnlyScene: others.length === 1 };
  const unseen = runsOf(blanks, others).flatMap((run) => placeBySight(run, rules));
  const left = runsOf(unseen, others).flatMap((run) => placeByPattern(run, rules));
  return [...others, ...left.map((shot) => [shot])];
}

/** Scenes of several frames lie together when the names were given in the order of shooting. */
function areInOrder(scenes: readonly Shot[][]): boolean {
  if (scenes.length === 1) return true;
  const order = scenes.flat().sort(byPlace);
  const place = new Map(order.map((shot, i) => [shot, i]));
  const several = scenes.filter((scene) => scene.length > 1);
  const together = several.filter((scene) => {
    const places = scene.map((shot) => place.get(shot) ?? 0);
    return Math.max(...places) - Math.min(...places) === scene.length - 1;
  });
  return several.flat().length >= LEAST_FRAMES && together.length >= IN_ORDER * several.length;
}

/** Blank frames that follow each other, and the scenes around them. */
type Run = {
  readonly shots: readonly Shot[];
  readonly before: Shot[] | null;
  readonly after: Shot[] | null;
};

function runsOf(blanks: readonly Shot[], scenes: readonly Shot[][]): Run[] {
  const sceneOf = new Map(scenes.flatMap((scene) => scene.map((shot) => [shot, scene] as const)));
  const runs: Run[] = [];
  let before: Shot[] | null = null;
  let shots: Shot[] = [];
  for (const shot of [...blanks, ...sceneOf.keys()].sort(byPlace)) {
    const after = sceneOf.get(shot);
    if (after === undefined) {
      shots.push(shot);
      continue;
    }
    if (shots.length > 0) runs.push({ shots, before, after });
    [before, shots] = [after, []];
  }
  if (shots.length > 0) runs.push({ shots, before, after: null });
  return runs;
}

type Rules = {
  readonly maxFrames: number;
  readonly usual: Usual | null;
  readonly isOnlyScene: boolean;
};

/** Joins what can faintly be seen in one neighbour and not in the other. @returns the others */
function placeBySight({ shots, before, after }: Run, rules: Rules): Shot[] {
  return shots.filter((shot) => {
    const [seenBefore, seenAfter] = [isSeenIn(shot, before), isSeenIn(shot, after)];
    const into = seenBefore && !(seenAfter && after !== before) ? before : null;
    const scene = into ?? (seenAfter && !seenBefore ? after : null);
    if (scene === null || !takes(scene, [shot], rules)) return true;
    scene.push(shot);
    return false;
  });
}

function isSeenIn(shot: Shot, scene: readonly Shot[] | null): boolean {
  return scene?.some((other) => match(shot, other, LEAST_IN_ORDER)) ?? false;
}

/** Joins a run that only one division between its neighbours explains. @returns what is left */
function placeByPattern(run: Run, rules: Rules): readonly Shot[] {
  const { shots, before, after } = run;
  if (shots.length > LONGEST_RUN) return shots;
  if (before === after || rules.isOnlyScene) {
    const scene = before ?? after;
    if (scene === null || scene.length < 2 || !takes(scene, shots, rules)) return shots;
    scene.push(...shots);
    return [];
  }
  const cuts = Array.from({ length: shots.length + 1 }, (_, cut) => cut).filter(
    (cut) =>
      completes(before, shots.slice(0, cut), rules) && completes(after, shots.slice(cut), rules),
  );
  const [cut] = cuts;
  if (cut === undefined || cuts.length > 1) return shots;
  before?.push(...shots.slice(0, cut));
  after?.push(...shots.slice(cut));
  return [];
}

/** A blank frame can be the brightest or the darkest of a bracket, and nothing else. */
function takes(scene: readonly Shot[], shots: readonly Shot[], { maxFrames }: Rules): boolean {
  if (scene.length + shots.length > maxFrames) return false;
  const levels = scene.map(level);
  return shots.every(
    (shot) =>
      isSameSize(shot, scene) &&
      (level(shot) > Math.max(...levels) || level(shot) < Math.min(...levels)) &&
      !scene.some((other) => contradict(shot, other)),
  );
}

function isSameSize({ frame }: Shot, scene: readonly Shot[]): boolean {
  return scene.every(
    ({ frame: other }) => frame.width === other.width && frame.height === other.height,
  );
}

function level(shot: Shot): number {
  const view = shot.view();
  return view === null ? 0 : levelOf(view.print);
}

/** How most brackets of the upload were shot. */
type Usual = { readonly length: number; readonly pattern: string };

function usualBracket(scenes: readonly Shot[][]): Usual | null {
  const brackets = scenes.filter((scene) => scene.length > 1);
  const counts = new Map<string, { usual: Usual; count: number }>();
  for (const scene of brackets) {
    const usual = { length: scene.length, pattern: patternOf(scene) };
    const { count = 0 } = counts.get(usual.pattern) ?? {};
    counts.set(usual.pattern, { usual, count: count + 1 });
  }
  const [best] = [...counts.values()].sort((a, b) => b.count - a.count);
  if (best === undefined || best.count < LEAST_BRACKETS) return null;
  return best.count >= USUAL * brackets.length ? best.usual : null;
}

/** Ranks of the frames by brightness in the order they were taken, e.g. "1 0 2" for 0 - +. */
function patternOf(scene: readonly Shot[]): string {
  const levels = [...scene].sort(byPlace).map(level);
  const rising = [...levels].sort((a, b) => a - b);
  return levels.map((value) => rising.indexOf(value)).join(' ');
}

/** Whether a scene becomes a usual bracket by these frames; without any it stays what it is. */
function completes(scene: readonly Shot[] | null, shots: readonly Shot[], rules: Rules): boolean {
  if (shots.length === 0) return true;
  if (scene === null || rules.usual === null || !takes(scene, shots, rules)) return false;
  return patternOf([...scene, ...shots]) === rules.usual.pattern;
}

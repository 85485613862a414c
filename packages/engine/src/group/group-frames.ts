import type { ExposureMode } from '../frames/read-exif.ts';
import { checkScenes, joinSingles } from './check-scenes.ts';
import { joinByContent } from './content-scenes.ts';
import {
  type GroupNote,
  noteOnOtherView,
  noteOnSplit,
  noteOnTwin,
  noteOnUnknown,
} from './notes.ts';
import { isBlank, placeBlanks } from './place-blanks.ts';
import { byPlace, byTime, type Shot, shotsOf } from './shot.ts';
import { groupByTime, type TimeLimits } from './time-scenes.ts';
import { findTwins, type PairPreference, type Twin } from './twins.ts';

/** What grouping needs to know of a frame; `FrameInfo` with an id fits. */
export type GroupableFrame = {
  readonly id: string;
  /** ISO 8601, start of the exposure. */
  readonly takenAt: string | null;
  readonly ev: number | null;
  readonly exposureBias: number | null;
  readonly width: number;
  readonly height: number;
  readonly camera: string | null;
  /** Seconds; a long exposure delays the next frame by as much. */
  readonly exposureTime?: number | null;
  /** Tells an automatic bracket from two casual shots; see `FrameInfo`. */
  readonly exposureMode?: ExposureMode | null;
  /** File name, to find RAW + JPEG pairs and as the order of shooting; the id when missing. */
  readonly name?: string | null;
  /** Whether the file is a camera RAW; as its name says when missing. */
  readonly raw?: boolean;
  /** What the frame shows, from `fingerprintOf`. Without it only time and exposure are looked at. */
  readonly fingerprint?: string | null;
};

export type GroupOptions = {
  /** Longest pause between two frames of one bracket in seconds, on top of the exposure; default 3. */
  readonly maxGap?: number;
  /** Most frames of one scene; default 9. */
  readonly maxFrames?: number;
  /** Which file of a RAW + JPEG pair is to be merged; default `jpeg`. */
  readonly prefer?: PairPreference;
};

/** Up to this many times what a scene may hold is looked at as one, to tell that it was cut. */
const LARGEST_WHOLE = 4;

/** Every id lies in one scene, or is ungrouped; never both, and never twice. */
export type FrameGroups = {
  /** Ids, scene by scene in the order they were taken. */
  readonly scenes: string[][];
  /** Ids of frames that nothing is known of, each for itself, with its spare file if it has one. */
  readonly ungrouped: string[];
  /** RAW + JPEG pairs: `spare` lies where `used` lies, and is not to be merged. */
  readonly twins: { readonly spare: string; readonly used: string }[];
  /** What a photographer might wonder about, frame by frame: one note for each frame at most. */
  readonly notes: GroupNote[];
};

/**
 * Sorts frames into bracket scenes: by time and exposure, then by what they show. The result
 * depends on the frames only, not on the order they come in. When in doubt frames stay apart: two
 * scenes are merged by one click, a wrong merge spoils a photo.
 */
export function groupFrames(
  frames: readonly GroupableFrame[],
  options: GroupOptions = {},
): FrameGroups {
  const { maxGap = 3, maxFrames = 9, prefer = 'jpeg' } = options;
  const all = shotsOf(frames);
  const twins = findTwins(all, prefer);
  const spares = new Set(twins.map(({ spare }) => spare));
  const shots = all.filter((shot) => !spares.has(shot));
  const { scenes, doubtful } = sortShots(shots, { maxGap, maxFrames });
  const unknown = scenes.flatMap((scene) => (scene.length === 1 ? scene.filter(isUnknown) : []));
  const known = scenes.filter((scene) => !scene.some((shot) => unknown.includes(shot)));
  const notes = [
    ...twins.map(noteOnTwin),
    ...doubtful.map(noteOnOtherView),
    ...unknown.map(noteOnUnknown),
    ...notesOnSplits(scenes, shots, { maxGap, maxFrames }),
  ];
  return {
    scenes: inOrder(known).map((scene) => withSpares(scene, twins)),
    ungrouped: withSpares([...unknown].sort(byId), twins),
    twins: twins.map(({ spare, used }) => ({ spare: spare.id, used: used.id })),
    notes: notes.filter(({ id }, i) => notes.findIndex((note) => note.id === id) === i),
  };
}

type Sorted = { readonly scenes: Shot[][]; readonly doubtful: Shot[] };

function sortShots(shots: readonly Shot[], limits: TimeLimits): Sorted {
  const { maxFrames } = limits;
  const cameras = groupByTime(shots.filter(isTimed), limits).map(checkScenes);
  const known = cameras.flatMap(({ scenes }) => joinSingles(scenes, maxFrames));
  const doubtful = cameras.flatMap((camera) => camera.doubtful);
  const loose = [...doubtful, ...shots.filter((shot) => !isTimed(shot))];
  return { scenes: placeBlanks(joinByContent(known, loose, maxFrames), maxFrames), doubtful };
}

/** What would be one scene if scenes could be larger is told of: somebody may have shot it so on purpose. */
function notesOnSplits(
  scenes: readonly Shot[][],
  shots: readonly Shot[],
  limits: TimeLimits,
): GroupNote[] {
  const { maxFrames } = limits;
  // Parts of what was too much are at least half of what a scene may hold, some of them.
  if (!scenes.some(({ length }) => 2 * length > maxFrames) || shots.length <= maxFrames) return [];
  const sceneOf = new Map(scenes.flatMap((scene) => scene.map((shot) => [shot, scene] as const)));
  // Every two frames of a scene are compared: a day of one view must not cost the square of it.
  const most = LARGEST_WHOLE * maxFrames;
  const { scenes: larger } = sortShots(shots, { ...limits, maxFrames: most });
  return larger.flatMap((whole) => {
    const parts = new Set(whole.map((shot) => sceneOf.get(shot))).size;
    if (whole.length <= maxFrames || parts === 1) return [];
    const split = { count: whole.length, isAll: whole.length < most, parts, maxFrames };
    return whole.map((shot) => noteOnSplit(shot, split));
  });
}

function isTimed({ timed }: Shot): boolean {
  return timed !== null;
}

/** Neither its time and exposure nor its picture say what it belongs to. */
function isUnknown(shot: Shot): boolean {
  return !isTimed(shot) && (shot.view() === null || isBlank(shot));
}

function byId(a: Shot, b: Shot): number {
  return a.id < b.id ? -1 : 1;
}

/** Scenes by the time of their first frame, then those without a time in the order of names. */
function inOrder(scenes: readonly Shot[][]): Shot[][] {
  const sorted = scenes.map((scene) => [...scene].sort(scene.every(isTimed) ? byTime : byPlace));
  return sorted.sort((a, b) => {
    const [startA, startB] = [startOf(a), startOf(b)];
    return startA === startB ? (a[0]?.place ?? 0) - (b[0]?.place ?? 0) : startA - startB;
  });
}

function startOf(scene: readonly Shot[]): number {
  return Math.min(...scene.map((shot) => shot.timed?.start ?? Number.MAX_VALUE));
}

function withSpares(scene: readonly Shot[], twins: readonly Twin[]): string[] {
  return scene.flatMap((shot) => [
    shot.id,
    ...twins.filter(({ used }) => used === shot).map(({ spare }) => spare.id),
  ]);
}

import type { ExposureMode } from '../frames/read-exif.ts';
import { joinHandSet } from './hand-set.ts';
import { splitBurst } from './split-burst.ts';

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
};

export type GroupOptions = {
  /** Longest pause between two frames of one bracket in seconds, on top of the exposure; default 3. */
  readonly maxGap?: number;
  /** Most frames of one scene; default 9. */
  readonly maxFrames?: number;
};

export type FrameGroups = {
  /** Ids, scene by scene in the order they were taken; every id appears exactly once. */
  readonly scenes: string[][];
  /** Ids of frames without date or exposure: they are scenes of their own and worth a second look. */
  readonly ungrouped: string[];
};

/** A frame whose time and exposure are known. */
export type TimedFrame = {
  readonly id: string;
  /** Milliseconds. */
  readonly start: number;
  /** Milliseconds, start plus exposure. */
  readonly end: number;
  readonly ev: number;
  readonly bias: number | null;
  readonly mode: ExposureMode | null;
};

/** Without sub-second stamps a pause looks up to a second longer or shorter than it was. */
const WHOLE_SECOND = 1000;

/**
 * Sorts frames into bracket scenes by time and exposure. The result depends on the frames only,
 * not on their order. When in doubt frames stay apart: two scenes are merged by one click, a wrong
 * merge spoils a photo.
 */
export function groupFrames(
  frames: readonly GroupableFrame[],
  options: GroupOptions = {},
): FrameGroups {
  const { maxGap = 3, maxFrames = 9 } = options;
  const cameras = new Map<string, TimedFrame[]>();
  const ungrouped: string[] = [];
  for (const frame of frames) {
    const timed = timedFrame(frame);
    if (timed === null) ungrouped.push(frame.id);
    else addTo(cameras, JSON.stringify([frame.camera, frame.width, frame.height]), timed);
  }
  const scenes = [...cameras.values()]
    .flatMap((shots) => {
      const bursts = burstsOf(shots.sort(byTime), maxGap * 1000);
      return joinHandSet(
        bursts.flatMap((burst) => splitBurst(burst, maxFrames)),
        maxFrames,
      );
    })
    .sort((a, b) => compareScenes(a, b))
    .map((scene) => scene.map((frame) => frame.id));
  ungrouped.sort();
  return { scenes: [...scenes, ...ungrouped.map((id) => [id])], ungrouped };
}

function timedFrame(frame: GroupableFrame): TimedFrame | null {
  const start = frame.takenAt === null ? Number.NaN : Date.parse(frame.takenAt);
  if (Number.isNaN(start) || frame.ev === null) return null;
  const { id, ev, exposureBias: bias, exposureMode: mode = null } = frame;
  return { id, start, end: start + (frame.exposureTime ?? 0) * 1000, ev, bias, mode };
}

/** Cuts a camera's shots where the pause is too long for one bracket, or longer than its own rhythm. */
function burstsOf(shots: readonly TimedFrame[], maxGap: number): TimedFrame[][] {
  return cutAt(shots, () => maxGap).flatMap((burst) => cutAt(burst, rhythmOf));
}

/** Brackets are shot at a steady pace: a pause three times the usual one, and over a second, is a break. */
function rhythmOf(burst: readonly TimedFrame[]): number {
  const gaps = burst.slice(1).map((shot, i) => gapBetween(burst[i], shot));
  gaps.sort((a, b) => a - b);
  return Math.max(1000, 3 * (gaps[gaps.length >> 1] ?? 0));
}

function cutAt(
  shots: readonly TimedFrame[],
  longest: (shots: readonly TimedFrame[]) => number,
): TimedFrame[][] {
  const limit = longest(shots);
  const bursts: TimedFrame[][] = [];
  let last: TimedFrame | undefined;
  for (const shot of shots) {
    const burst = bursts.at(-1);
    if (
      burst === undefined ||
      last === undefined ||
      gapBetween(last, shot) > limit + stampError(last, shot)
    )
      bursts.push([shot]);
    else burst.push(shot);
    last = shot;
  }
  return bursts;
}

/** Milliseconds from the end of one exposure to the start of the next. */
function gapBetween(a: TimedFrame | undefined, b: TimedFrame): number {
  return a === undefined ? 0 : Math.max(0, b.start - a.end);
}

function stampError(a: TimedFrame, b: TimedFrame): number {
  return a.start % 1000 === 0 && b.start % 1000 === 0 ? WHOLE_SECOND : 0;
}

/** Equal stamps are common without sub-seconds; file names count up, so the id decides. */
function byTime(a: TimedFrame, b: TimedFrame): number {
  return a.start - b.start || compareIds(a.id, b.id);
}

function compareScenes(a: readonly TimedFrame[], b: readonly TimedFrame[]): number {
  const [firstA, firstB] = [a[0], b[0]];
  return firstA !== undefined && firstB !== undefined ? byTime(firstA, firstB) : 0;
}

const collator = new Intl.Collator('en', { numeric: true });

function compareIds(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}

function addTo(groups: Map<string, TimedFrame[]>, key: string, frame: TimedFrame): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [frame]);
  else group.push(frame);
}

import { joinHandSet } from './hand-set.ts';
import { byTime, type Shot, type TimedFrame } from './shot.ts';
import { splitBurst } from './split-burst.ts';

export type TimeLimits = {
  /** Seconds. */
  readonly maxGap: number;
  readonly maxFrames: number;
};

/** Without sub-second stamps a pause looks up to a second longer or shorter than it was. */
const WHOLE_SECOND = 1000;

/**
 * Sorts shots into scenes by time and exposure alone.
 * @param shots those that are timed
 * @returns a list for each camera, its scenes in the order they were taken
 */
export function groupByTime(shots: readonly Shot[], limits: TimeLimits): Shot[][][] {
  const cameras = new Map<string, Shot[]>();
  for (const shot of shots) {
    const { camera, width, height } = shot.frame;
    const key = JSON.stringify([camera, width, height]);
    cameras.set(key, [...(cameras.get(key) ?? []), shot]);
  }
  const shotOf = new Map(shots.map((shot) => [shot.id, shot]));
  return [...cameras.values()].map((camera) =>
    scenesOfCamera(camera, limits).map((scene) =>
      scene.flatMap((frame) => shotOf.get(frame.id) ?? []),
    ),
  );
}

function scenesOfCamera(camera: readonly Shot[], limits: TimeLimits): TimedFrame[][] {
  const frames = [...camera].sort(byTime).flatMap((shot) => shot.timed ?? []);
  const scenes = burstsOf(frames, limits.maxGap * 1000).flatMap((burst) =>
    splitBurst(burst, limits.maxFrames),
  );
  return joinHandSet(scenes, limits.maxFrames);
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

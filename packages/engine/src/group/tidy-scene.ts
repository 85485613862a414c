import { exposureStep } from './exposure-step.ts';
import { byPlace, type Shot } from './shot.ts';

/** Exposures closer than this (EV) are the same one; as measured from pixels, so a little coarse. */
const SAME_EV = 0.2;

/**
 * What was joined by content alone may be more than one bracket: the same view taken twice. Frames
 * of one exposure stay apart, as they do when the camera's data say so; exposures that come again
 * in the same order are brackets of their own; and more than `maxFrames` are dealt out so that each
 * part spans all exposures.
 */
export function tidyScene(shots: readonly Shot[], maxFrames: number): Shot[][] {
  if (shots.length < 2) return [[...shots]];
  const ordered = [...shots].sort(byPlace);
  const levels = levelsOf(ordered);
  if (levels.every((level) => Math.abs(level) < SAME_EV)) return ordered.map((shot) => [shot]);
  const period = periodOf(levels);
  if (period !== null) return chunk(ordered, period).flatMap((part) => deal(part, maxFrames));
  return deal(ordered, maxFrames);
}

/** EV against the first shot. */
function levelsOf(shots: readonly Shot[]): number[] {
  const first = shots[0]?.view()?.print;
  return shots.map((shot) => {
    const print = shot.view()?.print;
    return first === undefined || print === undefined ? 0 : exposureStep(first, print);
  });
}

/** Length of the shortest bracket that repeats to the end, `null` when there is none. */
function periodOf(levels: readonly number[]): number | null {
  for (let period = 2; period <= levels.length / 2; period++) {
    if (levels.length % period !== 0 || !areDifferent(levels.slice(0, period))) continue;
    const repeats = levels.every(
      (level, i) => i < period || Math.abs(level - (levels[i - period] as number)) < SAME_EV,
    );
    if (repeats) return period;
  }
  return null;
}

function areDifferent(levels: readonly number[]): boolean {
  const sorted = [...levels].sort((a, b) => a - b);
  return sorted.every((level, i) => i === 0 || level - (sorted[i - 1] as number) >= SAME_EV);
}

function chunk(shots: readonly Shot[], length: number): Shot[][] {
  return Array.from({ length: shots.length / length }, (_, i) =>
    shots.slice(i * length, (i + 1) * length),
  );
}

function deal(shots: readonly Shot[], maxFrames: number): Shot[][] {
  const parts = Math.ceil(shots.length / maxFrames);
  if (parts === 1) return [[...shots]];
  const levels = levelsOf(shots);
  const rising = shots
    .map((shot, i) => ({ shot, level: levels[i] as number }))
    .sort((a, b) => a.level - b.level || byPlace(a.shot, b.shot));
  return Array.from({ length: parts }, (_, part) =>
    rising
      .filter((_shot, i) => i % parts === part)
      .map(({ shot }) => shot)
      .sort(byPlace),
  );
}

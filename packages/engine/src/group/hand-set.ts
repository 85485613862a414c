import type { TimedFrame } from './shot.ts';

/** Setting the next exposure by hand takes longer than any automatic bracket (milliseconds). */
const LONGEST_PAUSE = 10_000;
/** Fewer could be rooms that happen to differ by the same step. */
const LEAST_FRAMES = 4;
const LEAST_STEP = 0.6;
/** Cameras round shutter times; the steps of one bracket agree this well (EV). */
const STEP_TOLERANCE = 0.25;
/** How well a change of exposure has to be explained by the shutter alone (EV). */
const SHUTTER_TOLERANCE = 0.2;

/**
 * Joins frames that stand alone because their photographer set each exposure by hand: four and
 * more in a row, some seconds apart, one way up or down in equal steps, by the shutter alone.
 * Casual shots change aperture or ISO, and by any amount; those stay apart.
 *
 * @param scenes one camera's, in the order they were taken.
 */
export function joinHandSet(scenes: readonly TimedFrame[][], maxFrames: number): TimedFrame[][] {
  const joined: TimedFrame[][] = [];
  let run: TimedFrame[] = [];
  const close = (): void => {
    if (run.length >= LEAST_FRAMES) joined.push(run);
    else joined.push(...run.map((frame) => [frame]));
    run = [];
  };
  for (const scene of scenes) {
    const [frame] = scene;
    if (scene.length !== 1 || frame === undefined) {
      close();
      joined.push([...scene]);
      continue;
    }
    if (run.length === maxFrames || !continues(run, frame)) close();
    run.push(frame);
  }
  close();
  return joined;
}

function continues(run: readonly TimedFrame[], next: TimedFrame): boolean {
  const last = run.at(-1);
  if (last === undefined) return true;
  const step = next.ev - last.ev;
  if (next.start - last.end > LONGEST_PAUSE || Math.abs(step) < LEAST_STEP) return false;
  if (!isShutterAlone(last, next, step)) return false;
  const [first, second] = run;
  const usual = first === undefined || second === undefined ? step : second.ev - first.ev;
  return Math.abs(step - usual) <= STEP_TOLERANCE;
}

/** EV is log2(N²/t) at ISO 100: with aperture and ISO as they were it falls as log2 t rises. */
function isShutterAlone(a: TimedFrame, b: TimedFrame, step: number): boolean {
  const [before, after] = [a.end - a.start, b.end - b.start];
  if (before <= 0 || after <= 0) return false;
  return Math.abs(step - Math.log2(before / after)) <= SHUTTER_TOLERANCE;
}

import type { TimedFrame } from './shot.ts';

/** Exposures closer than this (EV) are the same one; brackets step by a third at least. */
const SAME_EV = 0.2;

/** Shutter speeds are rounded (1/60, 1/15), so even steps differ by up to this (EV). */
const EVEN_STEPS = 0.4;

/**
 * Splits shots that followed each other quickly into scenes. Within a bracket every exposure is
 * different; when one comes again, the next bracket has begun.
 */
export function splitBurst(burst: readonly TimedFrame[], maxFrames: number): TimedFrame[][] {
  return splitAtRepeats(burst, maxFrames).flatMap((scene) =>
    hasEvenSteps(scene) ? [scene] : splitUneven(scene),
  );
}

function splitAtRepeats(burst: readonly TimedFrame[], maxFrames: number): TimedFrame[][] {
  const scenes: TimedFrame[][] = [];
  for (const frame of burst) {
    const scene = scenes.at(-1);
    if (scene === undefined || scene.length >= maxFrames || !continues(scene, frame))
      scenes.push([frame]);
    else scene.push(frame);
  }
  return scenes;
}

function continues(scene: readonly TimedFrame[], frame: TimedFrame): boolean {
  if (scene.some((member) => Math.abs(member.ev - frame.ev) < SAME_EV)) return false;
  if (repeatsBias(scene, frame)) return false;
  return !isCasual(scene, frame);
}

/**
 * Cameras that write the bracket step as exposure bias say by a repeated bias that a new bracket
 * has begun, even when the metered exposure moved in between. In manual mode all biases are equal
 * and say nothing.
 */
function repeatsBias(scene: readonly TimedFrame[], frame: TimedFrame): boolean {
  const biases = scene.map((member) => member.bias);
  const telling = scene.length > 1 && new Set(biases).size === scene.length;
  return telling && frame.bias !== null && biases.includes(frame.bias);
}

/** Two shots on plain automatic with the same bias differ because the view did, not to bracket it. */
function isCasual(scene: readonly TimedFrame[], frame: TimedFrame): boolean {
  const last = scene.at(-1);
  if (last === undefined || frame.bias === null) return false;
  return frame.mode === 'auto' && last.mode === 'auto' && frame.bias === last.bias;
}

function hasEvenSteps(scene: readonly TimedFrame[]): boolean {
  if (scene.length < 3) return true;
  const sorted = scene.map((frame) => frame.ev).sort((a, b) => a - b);
  const steps = sorted.slice(1).map((ev, i) => ev - (sorted[i] ?? ev));
  return Math.max(...steps) - Math.min(...steps) <= EVEN_STEPS;
}

/**
 * Uneven steps mean that two things got into one scene: several brackets metered differently, or
 * a bracket with a single shot before or after it. Brackets set by hand may be uneven too and are
 * left whole.
 */
function splitUneven(scene: TimedFrame[]): TimedFrame[][] {
  return splitPeriodic(scene) ?? splitStray(scene) ?? [scene];
}

/** Blocks of equal length in which the exposures move in the same steps, e.g. 0 -2 +2 twice from another base. */
function splitPeriodic(scene: readonly TimedFrame[]): TimedFrame[][] | null {
  for (let length = 3; length <= scene.length / 2; length++) {
    if (scene.length % length !== 0) continue;
    const blocks = Array.from({ length: scene.length / length }, (_, i) =>
      scene.slice(i * length, (i + 1) * length),
    );
    const [first] = blocks;
    if (
      first !== undefined &&
      hasEvenSteps(first) &&
      blocks.every((block) => sameSteps(first, block))
    )
      return blocks;
  }
  return null;
}

function sameSteps(a: readonly TimedFrame[], b: readonly TimedFrame[]): boolean {
  const shift = (b[0]?.ev ?? 0) - (a[0]?.ev ?? 0);
  return a.every((frame, i) => Math.abs((b[i]?.ev ?? Number.NaN) - frame.ev - shift) < SAME_EV);
}

/** A first or last shot whose exposure lies between those of an otherwise even bracket does not belong to it. */
function splitStray(scene: readonly TimedFrame[]): TimedFrame[][] | null {
  const [head, tail] = [scene.slice(0, 1), scene.slice(-1)];
  const [withoutHead, withoutTail] = [scene.slice(1), scene.slice(0, -1)];
  if (isInside(tail[0], withoutTail)) return [withoutTail, tail];
  if (isInside(head[0], withoutHead)) return [head, withoutHead];
  return null;
}

function isInside(stray: TimedFrame | undefined, bracket: readonly TimedFrame[]): boolean {
  if (stray === undefined || bracket.length < 3 || !hasEvenSteps(bracket)) return false;
  const values = bracket.map((frame) => frame.ev);
  return stray.ev > Math.min(...values) && stray.ev < Math.max(...values);
}

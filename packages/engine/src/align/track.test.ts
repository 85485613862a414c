import { describe, expect, it } from 'vitest';
import { createPlane, type Plane } from '../pixels/picture.ts';
import type { Homography } from '../plan/plan.ts';
import { createRandom } from '../testing/random.ts';
import { IDENTITY } from './homography.ts';
import { type TrackJob, trackBlocks } from './track.ts';

/** A smooth pattern with structure in all directions, 0..1, at any place. */
function pattern(x: number, y: number): number {
  const one = Math.sin(x * 0.41 + 0.3) * Math.cos(y * 0.37);
  return (
    0.5 + 0.2 * one + 0.15 * Math.sin(x * 0.13 - y * 0.21) + 0.1 * Math.cos(y * 0.55 + x * 0.09)
  );
}

function plane(value: (x: number, y: number) => number): Plane {
  const out = createPlane(120, 90);
  for (let y = 0, at = 0; y < out.height; y++)
    for (let x = 0; x < out.width; x++, at++) out.data[at] = value(x + 0.5, y + 0.5);
  return out;
}

const reference = plane(pattern);
const spots = [30, 50, 70, 90].flatMap((x) =>
  [30, 45, 60].map((y) => ({ x: x + 0.5, y: y + 0.5, dx: 0, dy: 0 })),
);
const job = (frame: Plane, guess: Homography = IDENTITY): TrackJob => ({
  reference,
  frame,
  guess,
  radius: 8,
  rounds: 8,
  leash: 4,
});

describe('tracking blocks', () => {
  it.each([
    [0, 0],
    [0.37, -1.62],
    [-2.25, 0.5],
  ])('finds a shift of %f, %f in a frame four stops darker', (dx, dy) => {
    const frame = plane((x, y) => 0.28 * pattern(x - dx, y - dy) + 0.02);
    const tracks = trackBlocks(job(frame), spots);
    expect(tracks).toHaveLength(12);
    for (const { x, y, toX, toY, correlation } of tracks) {
      expect(toX - x).toBeCloseTo(dx, 1.5);
      expect(toY - y).toBeCloseTo(dy, 1.5);
      expect(correlation).toBeGreaterThan(0.99);
    }
  });

  it('reads a turned frame along the guess', () => {
    const [c, s] = [Math.cos(0.1), Math.sin(0.1)];
    // The frame shows at (x, y) what the reference shows at the place turned back.
    const frame = plane((x, y) =>
      pattern(c * (x - 60) + s * (y - 45) + 60, -s * (x - 60) + c * (y - 45) + 45),
    );
    const turned: Homography = [c, -s, 60 - 60 * c + 45 * s, s, c, 45 - 60 * s - 45 * c, 0, 0, 1];
    for (const { x, y, toX, toY } of trackBlocks(job(frame, turned), spots)) {
      expect(toX).toBeCloseTo(c * (x - 60) - s * (y - 45) + 60, 1.5);
      expect(toY).toBeCloseTo(s * (x - 60) + c * (y - 45) + 45, 1.5);
    }
  });

  it('is surer the less noise there is, and about right in that', () => {
    const noisy = (sigma: number) => {
      const random = createRandom(7);
      return trackBlocks(
        job(
          plane(
            (x, y) =>
              pattern(x, y) +
              sigma * (random() + random() + random() + random() - 2) * Math.sqrt(3),
          ),
        ),
        spots,
      );
    };
    const deviation = (tracks: ReturnType<typeof noisy>) =>
      Math.sqrt(tracks.reduce((sum, { x, toX }) => sum + (toX - x) ** 2, 0) / tracks.length);
    const claimed = (tracks: ReturnType<typeof noisy>) =>
      Math.sqrt(
        tracks.reduce((sum, { information }) => sum + 1 / information[0], 0) / tracks.length,
      );
    const [little, much] = [noisy(0.01), noisy(0.05)];
    expect(claimed(much) / claimed(little)).toBeGreaterThan(3);
    for (const tracks of [little, much]) {
      expect(deviation(tracks) / claimed(tracks)).toBeGreaterThan(0.3);
      expect(deviation(tracks) / claimed(tracks)).toBeLessThan(3);
    }
  });

  it('loses blocks that left the frame, that are flat, or that look the other way round', () => {
    const shifted: Homography = [1, 0, 100, 0, 1, 0, 0, 0, 1];
    expect(trackBlocks(job(reference, shifted), spots)).toEqual([]);
    expect(trackBlocks({ ...job(reference), reference: plane(() => 0.4) }, spots)).toEqual([]);
    const negative = trackBlocks(job(plane((x, y) => 1 - pattern(x, y))), spots);
    expect(negative.filter(({ correlation }) => correlation > 0.6)).toEqual([]);
  });
});

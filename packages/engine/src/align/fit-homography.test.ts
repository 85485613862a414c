import { describe, expect, it } from 'vitest';
import type { Homography } from '../plan/plan.ts';
import { createRandom } from '../testing/random.ts';
import { distanceOf, fitHomography } from './fit-homography.ts';
import { apart, IDENTITY, moved } from './homography.ts';
import type { Track } from './track.ts';

const size = { width: 600, height: 400 };
const truth: Homography = [1.004, -0.012, 8, 0.011, 0.997, -5, 3e-6, -4e-6, 1];
const spread = { first: 10, least: 0.03 };

/** Tracks all over the frame; a share of them is nonsense, the others are off by `noise` pixels. */
function tracksOf(count: number, noise: number, nonsense = 0): Track[] {
  const random = createRandom(count);
  return Array.from({ length: count }, (_, i) => {
    const [x, y] = [20 + 560 * random(), 20 + 360 * random()];
    const to = moved(truth, x, y);
    const off = i < nonsense * count ? 16 : noise;
    const [dx, dy] = [(2 * random() - 1) * off, (2 * random() - 1) * off];
    const information = [100, 0, 100] as const;
    return { x, y, toX: to.x + dx, toY: to.y + dy, information, correlation: 0.9 };
  });
}

describe('fitting a homography', () => {
  it('is exact when the tracks are', () => {
    const { homography, uncertainty } = fitHomography(tracksOf(60, 0), size, {
      start: IDENTITY,
      spread,
    });
    expect(apart(homography, truth, size).largest).toBeLessThan(0.02);
    expect(uncertainty).toBeLessThan(0.1);
  });

  it('overlooks a third of false tracks', () => {
    const tracks = tracksOf(200, 0.1, 0.33);
    const { homography, weights } = fitHomography(tracks, size, { start: IDENTITY, spread });
    expect(apart(homography, truth, size).rms).toBeLessThan(0.06);
    const [wrong, right] = [weights.slice(0, 66), weights.slice(66)];
    expect(wrong.filter((weight) => weight > 0.5).length).toBeLessThan(4);
    expect(right.filter((weight) => weight > 0.5).length).toBeGreaterThan(120);
  });

  it('finds how far the tracks scatter', () => {
    const { spread: found } = fitHomography(tracksOf(400, 0.7), size, { start: IDENTITY, spread });
    // Even noise of +-0.7 has a standard deviation of 0.40.
    expect(found).toBeGreaterThan(0.25);
    expect(found).toBeLessThan(0.5);
  });

  it('takes from an edge only what it tells', () => {
    // Upright edges see nothing of a shift downwards, level ones nothing of one to the right.
    const edges = tracksOf(120, 0).map((track, i): Track => {
      const isUpright = i % 2 === 0;
      return {
        ...track,
        toX: track.toX + (isUpright ? 0 : 3),
        toY: track.toY + (isUpright ? -3 : 0),
        information: isUpright ? [100, 0, 1e-4] : [1e-4, 0, 100],
      };
    });
    const { homography } = fitHomography(edges, size, { start: IDENTITY, spread });
    expect(apart(homography, truth, size).rms).toBeLessThan(0.1);
  });

  it('knows little about the rest of the frame when all tracks are in a corner', () => {
    const corner = tracksOf(400, 0.1).filter(({ x, y }) => x < 200 && y < 140);
    const everywhere = tracksOf(corner.length, 0.1);
    const of = (tracks: readonly Track[]) =>
      fitHomography(tracks, size, { start: IDENTITY, spread });
    expect(of(corner).uncertainty).toBeGreaterThan(5 * of(everywhere).uncertainty);
    // It does not run away there either: what is not known is expected to be small.
    expect(apart(of(corner).homography, truth, size).largest).toBeLessThan(8);
  });

  it('stays where it began without tracks', () => {
    const { homography } = fitHomography([], size, { start: IDENTITY, spread });
    expect(apart(homography, IDENTITY, size).largest).toBeLessThan(1e-9);
  });
});

it('distances are in standard deviations', () => {
  const [track] = tracksOf(1, 0);
  if (track === undefined) throw new Error('one was made');
  // Information 100 is a deviation of 0.1; with a spread of 0.1 on top it is 0.1 * sqrt(2).
  const off = { ...track, toX: track.toX + 0.3 };
  expect(distanceOf(off, truth, 0)).toBeCloseTo(3, 6);
  expect(distanceOf(off, truth, 0.1)).toBeCloseTo(3 / Math.SQRT2, 6);
});

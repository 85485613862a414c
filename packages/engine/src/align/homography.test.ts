import { describe, expect, it } from 'vitest';
import type { Homography } from '../plan/plan.ts';
import { apart, followedBy, IDENTITY, inverted, moved, scaledUp, slopeAt } from './homography.ts';

const tilted: Homography = [1.02, 0.03, -5, -0.02, 0.99, 7, 1e-4, -2e-4, 1];

describe('homographies', () => {
  it('move a point as worked out by hand', () => {
    // w = 1e-4 * 100 - 2e-4 * 50 + 1 = 1
    expect(moved(tilted, 100, 50)).toEqual({ x: 102 + 1.5 - 5, y: -2 + 49.5 + 7 });
  });

  it('come back by their inverse and add up in order', () => {
    const there = moved(tilted, 320, 240);
    const back = moved(inverted(tilted), there.x, there.y);
    expect(back.x).toBeCloseTo(320, 9);
    expect(back.y).toBeCloseTo(240, 9);
    const shift: Homography = [1, 0, 10, 0, 1, -4, 0, 0, 1];
    const both = moved(followedBy(shift, tilted), 90, 54);
    expect(both.x).toBeCloseTo(moved(tilted, 100, 50).x, 9);
    expect(both.y).toBeCloseTo(moved(tilted, 100, 50).y, 9);
    expect(() => inverted([1, 2, 0, 2, 4, 0, 0, 0, 1])).toThrow(RangeError);
  });

  it('are the same movement at another scale', () => {
    const small = moved(tilted, 30, 20);
    const large = moved(scaledUp(tilted, 4), 120, 80);
    expect(large.x).toBeCloseTo(4 * small.x, 9);
    expect(large.y).toBeCloseTo(4 * small.y, 9);
  });

  it('have the slope that differences show', () => {
    const [at, right, below] = [
      moved(tilted, 200, 90),
      moved(tilted, 200.001, 90),
      moved(tilted, 200, 90.001),
    ];
    const [ax, bx, ay, by] = slopeAt(tilted, 200, 90);
    expect(ax).toBeCloseTo((right.x - at.x) * 1000, 4);
    expect(ay).toBeCloseTo((right.y - at.y) * 1000, 4);
    expect(bx).toBeCloseTo((below.x - at.x) * 1000, 4);
    expect(by).toBeCloseTo((below.y - at.y) * 1000, 4);
  });

  it('lie apart by the length of a shift, everywhere', () => {
    const { rms, largest } = apart([1, 0, 3, 0, 1, 4, 0, 0, 1], IDENTITY, {
      width: 60,
      height: 40,
    });
    expect(rms).toBeCloseTo(5, 9);
    expect(largest).toBeCloseTo(5, 9);
  });
});

import { describe, expect, it } from 'vitest';
import type { Homography } from '../plan/plan.ts';
import { commonRectangle } from './common-rectangle.ts';
import { moved } from './homography.ts';

const size = { width: 600, height: 400 };

describe('the rectangle that all frames show', () => {
  it('is the whole frame when nothing moved, odd sizes included', () => {
    const whole = { left: 0, top: 0, width: 601, height: 401 };
    expect(commonRectangle({ width: 601, height: 401 }, [null, null], 4)).toEqual(whole);
  });

  it('loses the sides that a shift hides, and the two pixels that a resample reads beyond', () => {
    // The frame shows the reference's pixel x at x + 20, so its right 20 columns are not in it.
    const move: Homography = [1, 0, 20, 0, 1, -10, 0, 0, 1];
    const rectangle = commonRectangle(size, [null, move], 2);
    expect(rectangle).toEqual({ left: 0, top: 12, width: 578, height: 388 });
  });

  it('lies on the grid it is given', () => {
    const move: Homography = [1, 0, -9, 0, 1, 21, 0, 0, 1];
    const rectangle = commonRectangle(size, [move], 8);
    expect(rectangle).toEqual({ left: 16, top: 0, width: 584, height: 376 });
  });

  it('is seen by a turned frame at every corner, and could hardly be larger', () => {
    const [c, s] = [Math.cos(0.03), Math.sin(0.03)];
    const move: Homography = [
      c,
      -s,
      300 - 300 * c + 200 * s,
      s,
      c,
      200 - 300 * s - 200 * c,
      0,
      0,
      1,
    ];
    const { left, top, width, height } = commonRectangle(size, [move], 2) ?? {
      left: 0,
      top: 0,
      width: 0,
      height: 0,
    };
    for (const x of [left, left + width]) {
      for (const y of [top, top + height]) {
        const at = moved(move, x, y);
        expect(Math.min(at.x, at.y, size.width - at.x, size.height - at.y)).toBeGreaterThanOrEqual(
          2,
        );
      }
    }
    // The largest rectangle of that shape inside the turned frame has about this area.
    expect(width * height).toBeGreaterThan(0.9 * 600 * 400);
  });

  it('does not exist when frames share too little', () => {
    const far: Homography = [1, 0, 900, 0, 1, 0, 0, 0, 1];
    expect(commonRectangle(size, [far], 2)).toBeNull();
  });
});

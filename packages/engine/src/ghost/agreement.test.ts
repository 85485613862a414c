import { describe, expect, it } from 'vitest';
import { agreementOf } from './agreement.ts';
import type { SmallExposure } from './small-exposure.ts';

const [width, height] = [64, 48];

/** A patterned wall, and something dark in front of it in the box. */
function exposure(gain: number, box: { left: number; right: number } | null): SmallExposure {
  const values = Uint16Array.from({ length: width * height }, (_, i) => {
    const x = i % width;
    const wall = 100 + 4 * ((5 * x + 3 * Math.floor(i / width)) % 64);
    const hidden = box !== null && x >= box.left && x < box.right && i >= 12 * width;
    return Math.min(1023, gain * (hidden ? 40 : wall));
  });
  return { width, height, channels: [values, values.slice(), values.slice()] };
}

/** One region: columns 20 to 28, from row 12 on. */
const labels = Int32Array.from({ length: width * height }, (_, i) =>
  i % width >= 20 && i % width < 28 && i >= 12 * width ? 1 : 0,
);
const where = {
  regions: { labels, count: 1 },
  places: Int32Array.from([...labels.keys()].filter((i) => labels[i] === 1)),
};

describe('agreement in a region', () => {
  it('is among those that do not show what passed by', () => {
    const exposures = [
      exposure(1, null),
      exposure(1.6, { left: 20, right: 28 }),
      exposure(2.4, null),
    ];
    const agrees = agreementOf(exposures, [0, 1, 2], where);
    expect([agrees(0, 2, 1), agrees(2, 0, 1)]).toEqual([true, true]);
    expect([agrees(0, 1, 1), agrees(1, 2, 1)]).toEqual([false, false]);
  });

  it('needs something to be seen: white tells nothing, nor does black', () => {
    const white = exposure(20, null);
    const black = exposure(0, null);
    const agrees = agreementOf([exposure(1, null), white, black], [2, 0, 1], where);
    expect([agrees(0, 1, 1), agrees(0, 2, 1), agrees(1, 2, 1)]).toEqual([false, false, false]);
  });
});

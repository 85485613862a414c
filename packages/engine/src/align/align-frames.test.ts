import { describe, expect, it } from 'vitest';
import type { FrameSource } from '../pixels/frame-source.ts';
import { readSourceLumaRow } from '../pixels/frame-source.ts';
import { expose } from '../testing/bracket.ts';
import { sourceOf } from '../testing/fixtures.ts';
import { renderInterior } from '../testing/interior.ts';
import { applyShifts, measureShifts } from './align-frames.ts';

const [width, height, margin] = [480, 320, 40];
const scene = renderInterior(width + 2 * margin, height + 2 * margin, 3);

/** A frame of the room at an exposure, with the camera moved by (dx, dy) pixels. */
function frame(ev: number, dx = 0, dy = 0): FrameSource {
  const codes = expose(scene, { ev, seed: Math.round(ev * 10) + 50, light: [1, 1, 1] });
  const cut = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const from = ((y + margin - dy) * scene.width + margin - dx) * 3;
    cut.set(codes.subarray(from, from + width * 3), y * width * 3);
  }
  return sourceOf(cut, width, height);
}

describe('measuring shifts', { timeout: 30_000 }, () => {
  it.each([
    [3, 0],
    [-7, 5],
    [0, -13],
    [21, 17],
    [-30, -4],
  ])('finds a frame that moved by %i, %i at another exposure', (x, y) => {
    const sources = [frame(-2, x, y), frame(0), frame(2, -x, y)];
    const { shifts, unsure } = measureShifts(sources, 1);
    expect(shifts).toEqual([
      { x, y },
      { x: 0, y: 0 },
      { x: x === 0 ? 0 : -x, y },
    ]);
    expect(unsure).toEqual([]);
  });

  it('leaves a tripod series where it is, over eight stops', () => {
    const sources = [-4, -2, 0, 2, 4].map((ev) => frame(ev));
    for (const shift of measureShifts(sources, 2).shifts) expect(shift).toEqual({ x: 0, y: 0 });
  });

  it('says so when a frame shows something else', () => {
    const other = renderInterior(width, height, 9);
    other.radiance.reverse();
    const stranger = sourceOf(expose(other, { ev: 0.5, seed: 1, light: [1, 1, 1] }), width, height);
    const { shifts, unsure } = measureShifts([frame(0), stranger], 0);
    expect(unsure).toEqual([1]);
    expect(shifts[1]).toEqual({ x: 0, y: 0 });
  });
});

describe('applying shifts', { timeout: 30_000 }, () => {
  it('leaves the window all frames share, showing the same in each', () => {
    const sources = [frame(0, 6, -3), frame(0), frame(0, -2, 8)];
    const aligned = applyShifts(sources, measureShifts(sources, 1).shifts);
    for (const source of aligned) {
      expect([source.width, source.height]).toEqual([width - 8, height - 11]);
    }
    const rows = aligned.map((source) => {
      const row = new Float32Array(source.width);
      readSourceLumaRow(source, 200, row);
      return row;
    });
    for (const row of rows) expect(row).toEqual(rows[0]);
  });
});

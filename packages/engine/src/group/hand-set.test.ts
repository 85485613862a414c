import { expect, test } from 'vitest';
import { type GroupableFrame, groupFrames } from './group-frames.ts';

type Shot = { at: number; time: number; f?: number; iso?: number };

const START = Date.parse('2026-05-01T10:00:00Z');

function frames(shots: readonly Shot[]): GroupableFrame[] {
  return shots.map(({ at, time, f = 8, iso = 100 }, index) => ({
    id: String(index),
    takenAt: new Date(START + at * 1000).toISOString(),
    ev: Math.log2(f ** 2 / time) - Math.log2(iso / 100),
    exposureBias: 0,
    width: 6000,
    height: 4000,
    camera: 'A',
    exposureTime: time,
  }));
}

const sizes = (shots: readonly Shot[]) =>
  groupFrames(frames(shots)).scenes.map((scene) => scene.length);

test('exposures that were set by hand, seven seconds apart, are one scene', () => {
  const times = [1 / 125, 1 / 60, 1 / 30, 1 / 15, 1 / 8];
  expect(sizes(times.map((time, i) => ({ at: i * 7, time })))).toEqual([5]);
  expect(sizes(times.toReversed().map((time, i) => ({ at: i * 7, time })))).toEqual([5]);
});

test('two steps at a time, and a long exposure at the end, too', () => {
  const at = [0, 4.2, 8.6, 13.1, 20.1];
  const times = [0.02, 0.0769, 0.333, 1.3, 5];
  expect(sizes(times.map((time, i) => ({ at: at[i] ?? 0, time })))).toEqual([5]);
});

test('never more than nine frames', () => {
  const times = Array.from({ length: 12 }, (_, i) => 2 ** i / 1000);
  const scenes = sizes(times.map((time, i) => ({ at: i * 7, time })));
  expect(scenes[0]).toBe(9);
  expect(scenes.every((size) => size <= 9)).toBe(true);
});

test.each<[string, Shot[]]>([
  ['three only', [1, 2, 4].map((t, i) => ({ at: i * 7, time: t / 100 }))],
  ['uneven steps', [1, 2, 6, 9, 40].map((t, i) => ({ at: i * 7, time: t / 100 }))],
  ['up and down', [1, 2, 1, 2, 1].map((t, i) => ({ at: i * 7, time: t / 100 }))],
  ['another ISO', [1, 2, 4, 8].map((t, i) => ({ at: i * 7, time: t / 100, iso: 100 * 2 ** i }))],
  [
    'another aperture',
    [1, 2, 4, 8].map((t, i) => ({ at: i * 7, time: t / 100, f: i % 2 ? 8 : 5.6 })),
  ],
  ['too long a pause', [1, 2, 4, 8].map((t, i) => ({ at: i * 20, time: t / 100 }))],
  ['the same exposure', [1, 1, 1, 1, 1].map((t, i) => ({ at: i * 7, time: t / 100 }))],
])('%s: they stay apart', (_, shots) => {
  expect(sizes(shots)).toEqual(shots.map(() => 1));
});

import { expect, test } from 'vitest';
import { machineOfThisProcess, photosAtOnce, threadsEach } from './capacity.ts';

test.each([
  // cores, GB, photos at once, threads each
  [1, 1, 1, 1],
  [2, 8, 1, 2],
  [4, 8, 2, 2],
  [8, 4, 2, 4],
  [16, 64, 8, 2],
  [16, 8, 4, 4],
])('%i cores and %i GB take %i at once, with %i threads each', (cores, gb, photos, threads) => {
  const machine = { cores, memoryMb: gb * 1024 };
  expect(photosAtOnce(machine)).toBe(photos);
  expect(threadsEach(machine, photos)).toBe(threads);
});

test('this machine can do at least one', () => {
  const machine = machineOfThisProcess();
  expect(machine.cores).toBeGreaterThan(0);
  expect(machine.memoryMb).toBeGreaterThan(100);
});

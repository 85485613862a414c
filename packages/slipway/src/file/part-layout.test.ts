import { expect, test } from 'vitest';
import { UNPROBED } from '../storage/capabilities.ts';
import { partLayout, sizeOfPart } from './part-layout.ts';

const MIB = 1024 ** 2;

test('a file of one part is no upload in parts', () => {
  expect(partLayout(8 * MIB, UNPROBED)).toBeNull();
  expect(partLayout(8 * MIB + 1, UNPROBED)).toEqual({ partSize: 8 * MIB, partCount: 2 });
});

test('parts grow with the file, are never more than 1,000, and add up to it', () => {
  for (const size of [9 * MIB, 8000 * MIB, 8000 * MIB + 1, 1024 ** 4 + 7, 5 * 1024 ** 4]) {
    const layout = partLayout(size, UNPROBED);
    expect(layout?.partCount).toBeLessThanOrEqual(1000);
    const { partSize, partCount } = layout ?? { partSize: 0, partCount: 0 };
    expect(partSize % MIB).toBe(0);
    expect((partCount - 1) * partSize + sizeOfPart(partCount, { size, partSize })).toBe(size);
    expect(sizeOfPart(partCount, { size, partSize })).toBeGreaterThan(0);
  }
});

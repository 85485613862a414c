import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { sweepInLanes } from './sweep-lanes.ts';

const rows = Array.from({ length: 100 }, (_, index) => ({
  row: { id: `file_${String(index).padStart(3, '0')}`, storageId: index % 2 === 0 ? 'slow' : null },
}));

const load = async ({ after, upTo }: { after: string; upTo: string | null }) =>
  rows.filter(({ row: { id } }) => id > after && (upTo === null || id <= upTo)).slice(0, 30);

test.each(['', 'file_0', 'file_042', 'file_z'])(
  'from "%s" on, every row has its turn once',
  async (start) => {
    const seen: string[] = [];
    await sweepInLanes(load, async ({ row }) => void seen.push(row.id), { start });
    expect(seen.toSorted()).toEqual(rows.map(({ row }) => row.id));
  },
);

test('a storage that hardly answers uses its budget up, and no other’s', async () => {
  const seen: (string | null)[] = [];
  const work = async ({ row }: (typeof rows)[number]) => {
    if (row.storageId === 'slow') await wait(60);
    seen.push(row.storageId);
  };
  await sweepInLanes(load, work, { budgetMs: 50, start: '' });
  expect(seen.filter((id) => id === null)).toHaveLength(50);
  expect(seen.filter((id) => id === 'slow').length).toBeLessThanOrEqual(8);
});

test('eight files of a storage are worked on at once', async () => {
  let running = 0;
  let most = 0;
  await sweepInLanes(load, async () => {
    running += 1;
    most = Math.max(most, running);
    await wait(1);
    running -= 1;
  });
  expect(most).toBe(16);
});

import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { type Claimable, claim } from './claim.ts';
import { LocalTable } from './local-table.ts';

test('what is nobody’s is of who sees it first, and of nobody after them', async () => {
  const table = new LocalTable<Claimable>('claimed');
  const seenBy = async (owner: string) => (await claim(table, owner)).map(({ id }) => id);
  await table.put({ id: 'a' });
  expect(await seenBy('usr_pat')).toEqual(['a']);
  await table.put({ id: 'b' });
  expect(await seenBy('usr_mallory')).toEqual(['b']);
  expect(await seenBy('usr_pat')).toEqual(['a']);
});

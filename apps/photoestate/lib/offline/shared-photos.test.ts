import 'fake-indexeddb/auto';
import { LocalTable } from '@repo/ui/local';
import { expect, test } from 'vitest';
import { claimShared, type SharedPhoto } from './shared-photos.ts';

test('what was shared is seen by who opens it first, and by nobody after them', async () => {
  const table = new LocalTable<SharedPhoto>('shared-photos-test');
  const share = (id: string) => table.put({ id, file: new File(['x'], `${id}.jpg`) });
  const ids = async (owner: string) => (await claimShared(owner, table)).map(({ id }) => id);
  await share('a');
  expect(await ids('usr_pat')).toEqual(['a']);
  await share('b');
  expect(await ids('usr_mallory')).toEqual(['b']);
  expect(await ids('usr_pat')).toEqual(['a']);
});

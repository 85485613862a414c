import 'fake-indexeddb/auto';
import { afterEach, expect, it, vi } from 'vitest';
import { forgetRefused, RefusedEdits, refusedOf } from './refused.ts';

const closers: (() => void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) close();
  await forgetRefused();
});

function page(owner = 'usr_pat') {
  const refused = new RefusedEdits<string>(owner);
  closers.push(refused.open());
  return refused;
}

const edit = 'another address';
const refusal = (id: string) => ({ id, edit, reason: 'You may not.', code: 'forbidden' });
const ids = (refused: RefusedEdits<string>) => refused.list().map(({ id }) => id);

it('what was refused is there for the next page and every open one, until it is dismissed', async () => {
  const one = page();
  const other = page();
  await one.keep(refusal('a'));
  await vi.waitFor(() => expect(ids(other)).toEqual(['a']));
  const later = page();
  await vi.waitFor(() => expect(later.list()).toMatchObject([{ edit, reason: 'You may not.' }]));
  await other.drop('a');
  await vi.waitFor(() => expect(ids(one)).toEqual([]));
  expect(await refusedOf('usr_pat')).toEqual([]);
});

it('nobody else sees it, and the end of a session forgets it', async () => {
  await page().keep(refusal('a'));
  const mallory = page('usr_mallory');
  await mallory.keep(refusal('b'));
  await vi.waitFor(async () => expect(await refusedOf('usr_mallory')).toHaveLength(1));
  expect(ids(mallory)).toEqual(['b']);
  await forgetRefused();
  expect(await refusedOf('usr_pat')).toEqual([]);
});

it('the latest fifty are kept', async () => {
  const refused = page();
  for (let index = 0; index < 53; index += 1) await refused.keep(refusal(`${index}`));
  expect(ids(refused)).toHaveLength(50);
  expect(ids(refused)[0]).toBe('52');
  expect(await refusedOf('usr_pat')).toHaveLength(50);
});

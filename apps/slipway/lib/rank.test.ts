import { expect, it } from 'vitest';
import { rank, readQuery } from './rank.ts';

const entries = ['Go to Webhooks', 'New webhook', 'Upload files', 'Wedding photos'].map(
  (label, index) => ({ id: String(index), label, note: index === 3 ? 'Project' : undefined }),
);
const labels = (text: string) => rank(entries, text).map(({ label }) => label);

it('finds by beginnings, letters in their order, and notes', () => {
  expect(labels('')).toHaveLength(4);
  expect(labels('upl')).toEqual(['Upload files']);
  expect(labels('webhook').sort()).toEqual(['Go to Webhooks', 'New webhook']);
  expect(labels('wdng')[0]).toBe('Wedding photos');
  expect(labels('project')).toEqual(['Wedding photos']);
  expect(labels('zzz')).toEqual([]);
});

it('reads what the first letter asks for', () => {
  expect(readQuery('> up')).toEqual({ scope: '>', text: 'up' });
  expect(readQuery('#a')).toEqual({ scope: '#', text: 'a' });
  expect(readQuery(' a>b ')).toEqual({ scope: null, text: 'a>b' });
});

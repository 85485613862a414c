import { expect, test } from 'vitest';
import { activityWords } from './activity-words.ts';
import type { Activity } from './trpc.ts';

const at = new Date(0);
const of = (action: string, change: Partial<Activity> = {}): Activity => ({
  ...{ id: 'aud_1', action, who: 'Pat', count: 1, since: at, at, data: {} },
  ...change,
});

test.each([
  [of('photo.added', { count: 45 }), 'uploaded 45 photos'],
  [of('photo.added', { data: { name: 'a.jpg' } }), 'uploaded a.jpg'],
  [of('listing.updated', { data: { to: { mlsId: 'ML-1' } } }), 'changed the MLS id to ML-1'],
  [of('listing.updated', { data: { to: { agentId: null } } }), 'changed the agent: removed'],
  [
    of('listing.updated', { data: { to: { tags: [], notes: 'x' } } }),
    'changed the notes, the tags',
  ],
  [of('listing.updated', { count: 3 }), 'changed the details'],
  [of('scene.deleted', { count: 3 }), 'deleted 3 scenes'],
  [of('scene.merged', { data: { from: ['a', 'b'] } }), 'merged 3 scenes into one'],
  [of('scene.merged', { count: 2, data: { from: ['a'] } }), 'merged scenes 2 times'],
  [of('gallery.link_opened', { count: 2 }), 'gallery: link opened, 2 times'],
])('%j', (activity, words) => {
  expect(activityWords(activity)).toBe(words);
});

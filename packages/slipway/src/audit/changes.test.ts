import { expect, test } from 'vitest';
import { changesOf } from './changes.ts';

test.each([
  [{}, [], {}],
  [{ name: 'A' }, [], { name: 'A' }],
  [{ from: 'A', to: 'B' }, [{ field: 'value', before: 'A', after: 'B' }], {}],
  [
    { projectId: 'prj_1', before: { name: 'A', size: 1 }, after: { name: 'B', size: 1 } },
    [{ field: 'name', before: 'A', after: 'B' }],
    { projectId: 'prj_1' },
  ],
  [{ after: { role: 'viewer' } }, [{ field: 'role', before: undefined, after: 'viewer' }], {}],
  [{ before: { role: 'viewer' } }, [{ field: 'role', before: 'viewer', after: undefined }], {}],
  [{ before: { a: { x: 1, y: [2] } }, after: { a: { y: [2], x: 1 } } }, [], {}],
  [
    { before: { a: [1, 2] }, after: { a: [2, 1] } },
    [{ field: 'a', before: [1, 2], after: [2, 1] }],
    {},
  ],
])('%j', (data, changes, facts) => {
  expect(changesOf(data)).toEqual({ changes, facts });
});

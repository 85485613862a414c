import type { QueuedEdit } from '@repo/ui/local';
import { afterEach, expect, it, vi } from 'vitest';
import type { Edit } from './edits.ts';
import { sendEdit } from './send-edit.ts';

afterEach(() => vi.unstubAllGlobals());

const edit: Edit = {
  ...{ path: 'photo.delete', listingId: 'lst_1', failed: 'It was not deleted' },
  input: { photoId: 'pho_1' },
};
const queued = { id: 'a-key', edit } as QueuedEdit<Edit>;

const refusal = (httpStatus: number) => () =>
  Response.json(
    { error: { json: { message: 'no', code: -32603, data: { httpStatus, code: 'X' } } } },
    { status: httpStatus },
  );

it.each<[string, () => Response, unknown]>([
  ['made', () => Response.json({ result: { data: { json: null } } }), 'done'],
  [
    'not heard, without an answer',
    () => {
      throw new TypeError('Failed to fetch');
    },
    'unreachable',
  ],
  ...[429, 502, 503, 504].map((status): [string, () => Response, unknown] => [
    `not heard, after ${status}`,
    refusal(status),
    'unreachable',
  ]),
  ['not heard, where a hotel answers', () => new Response('<h1>Hello</h1>'), 'unreachable'],
  ['broken over, after 500', refusal(500), { failed: expect.any(Error) }],
  [
    'broken over, where something between answers',
    () => Response.json({ error: 'oops' }, { status: 500 }),
    { failed: expect.any(Error) },
  ],
  ['refused, after 409', refusal(409), { refused: expect.any(Error) }],
])('a change is %s', async (_, answer, expected) => {
  vi.stubGlobal('fetch', async () => answer());
  expect(await sendEdit(queued)).toEqual(expected);
});

import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttp } from '../http.ts';
import { appRouter } from '../router.ts';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';
import { readyFile } from '../testing/ready-file.ts';
import { completeUpload } from './complete-upload.ts';
import { deleteFile } from './delete.ts';
import { exportFiles } from './export.ts';
import { findKnownFiles } from './find-known.ts';
import { listFiles } from './list.ts';
import type { ExportFiles, ListFiles } from './list-schema.ts';
import { requestUpload } from './request-upload.ts';
import type { RequestUpload } from './schema.ts';
import { file } from './table.ts';

let slipway: TestSlipway;
let tenant: TestTenant;
let projectId: string;
let key: string;
const ids: Record<string, string> = {};

beforeAll(async () => {
  slipway = await startTestSlipway();
  tenant = await slipway.tenant();
  ({ id: projectId, key } = await slipway.project(tenant));
  ids['b'] = await announce(
    { name: 'b.txt', size: 5, metadata: { title: 'Garden "A" 100%', n: 4711 } },
    true,
  );
  ids['a'] = await announce({ name: 'a.txt', size: 9 });
  ids['d'] = await announce({ name: 'd.txt', size: 7, metadata: { garden: 'Kitchen/1' } });
  ids['c'] = await announce({ name: 'c.txt', size: 7, customId: '=cmd' }, true);
});
afterAll(() => slipway.close());

async function announce(upload: Partial<RequestUpload> & { size: number }, isSent = false) {
  const wish = { name: 'a.txt', type: 'text/plain', ...upload };
  const { id, key: objectKey } = await requestUpload(tenant.ctx, { projectId, upload: wish });
  if (!isSent) return id;
  const bytes = Buffer.alloc(wish.size, 'x');
  await slipway.putBytes({ key: objectKey, bytes, type: wish.type });
  await completeUpload(tenant.ctx, { projectId, upload: { id } });
  return id;
}

const namesOf = (listed: string[]) =>
  listed.map((id) => Object.entries(ids).find(([, each]) => each === id)?.[0]).join('');

/** The whole list, a page of one at a time. */
async function paged(query: ListFiles): Promise<string> {
  const listed: string[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await listFiles(tenant.ctx, {
      projectId,
      query: { ...query, limit: 1, ...(cursor && { cursor }) },
    });
    listed.push(...page.data.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return namesOf(listed);
}

test.each<[string, ListFiles]>([
  ['cdab', {}],
  ['badc', { direction: 'asc' }],
  ['abcd', { sort: 'name' }],
  ['dcba', { sort: 'name', direction: 'desc' }],
  ['ad', { sort: 'name', status: 'pending' }],
  ['cb', { sort: 'size', status: 'ready' }],
])('pages of one follow the order: %s', async (order, query) => {
  expect(await paged(query)).toBe(order);
});

test('files of one size have an order of their own, the same both ways', async () => {
  const down = await paged({ sort: 'size' });
  expect(down).toMatch(/^a(cd|dc)b$/);
  expect(await paged({ sort: 'size', direction: 'asc' })).toBe([...down].reverse().join(''));
});

test.each<[ListFiles, ListFiles]>([
  [{ sort: 'name' }, { sort: 'size' }],
  [{ sort: 'name' }, {}],
  [{}, { sort: 'name' }],
])('a cursor of %j is none of %j', async (of, other) => {
  const page = await listFiles(tenant.ctx, { projectId, query: { ...of, limit: 1 } });
  const query = { ...other, cursor: page.nextCursor ?? '' };
  await expect(listFiles(tenant.ctx, { projectId, query })).rejects.toMatchObject({
    code: 'validation_failed',
  });
});

test.each([
  '["name",1,"file_a"]',
  '["size","1","file_a"]',
  '["name","a\\u0000","file_a"]',
  '["name","a","x"]',
  '["name","a"]',
  'null',
])('the cursor %s is refused', async (text) => {
  const sort = text.includes('size') ? 'size' : 'name';
  const query: ListFiles = { sort, cursor: Buffer.from(text).toString('base64url') };
  await expect(listFiles(tenant.ctx, { projectId, query })).rejects.toMatchObject({
    code: 'validation_failed',
  });
});

test.each([
  ['garden', 'b'],
  ['"a" 100%', 'b'],
  ['n "A', 'b'],
  ['4711', 'b'],
  ['kitchen/', 'd'],
  ['471', ''],
  ['title', ''],
  ['.*arden', ''],
  ['=cmd', 'c'],
  ['b.t', 'b'],
])('search looks into values of metadata, names and ids: %s', async (q, found) => {
  expect(await paged({ q })).toBe(found);
});

async function csv(query: ExportFiles): Promise<string[]> {
  const lines = await exportFiles(tenant.ctx, { projectId, query });
  let text = '';
  for await (const part of lines) text += part;
  return text.trimEnd().split('\r\n');
}

test('CSV has every file that the filters leave, in their order', async () => {
  const [head, ...lines] = await csv({ sort: 'name', type: 'text/*' });
  expect(head).toMatch(/^id,name,folder,size,type,/);
  expect(lines.map((line) => line.split(',')[1])).toEqual(['a.txt', 'b.txt', 'c.txt', 'd.txt']);
  expect(await csv({ q: 'garden' })).toHaveLength(2);
  expect(await csv({ tag: 'none' })).toEqual([head]);
  // Times before and after all files, which the database would not take as they are.
  const always = { from: '0001-01-01T00:00:00Z', to: '9999-12-31T23:59:59+14:00' };
  expect(await csv(always)).toHaveLength(5);
  expect(await csv({ to: '2000-01-01T00:00:00Z' })).toEqual([head]);
});

test('cells that a spreadsheet would run are text, quotes are doubled', async () => {
  const lines = await csv({ sort: 'name' });
  expect(lines[3]).toContain(",'=cmd,");
  expect(lines[2]).toContain('"{""n"":4711,""title"":""Garden \\""A\\"" 100%""}"');
});

test('the dashboard names the order, and the way that tRPC scrolls is none', async () => {
  const { file } = appRouter.createCaller(tenant.ctx);
  const list = async (query: object) => {
    const page = await file.list({ projectId, ...query });
    return namesOf(page.data.map(({ id }) => id));
  };
  expect(await list({ sort: 'name', order: 'desc', direction: 'forward' })).toBe('dcba');
  expect(await list({ sort: 'name', direction: 'forward' })).toBe('abcd');
  expect(await list({ sort: 'created', order: 'asc' })).toBe('badc');
});

test('over REST with a key; a stranger gets nothing', async () => {
  const app = createHttp(slipway.runtime, { stopping: false });
  const ask = (path: string, bearer?: string) =>
    app.request(
      path,
      bearer === undefined ? {} : { headers: { authorization: `Bearer ${bearer}` } },
      {},
    );
  const answer = await ask('/api/files/export?sort=name&q=b.txt', key);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect((await answer.text()).split('\r\n')[1]).toMatch(/^file_\w+,b\.txt,/);
  expect((await ask('/api/files/export?sort=color', key)).status).toBe(400);
  expect((await ask('/api/files/export')).status).toBe(401);
  expect((await ask(`/api/download/projects/${projectId}/files.csv`)).status).toBe(401);
  const { ctx } = await slipway.tenant();
  await expect(exportFiles(ctx, { projectId, query: {} })).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('a member’s browser saves it', async () => {
  const app = createHttp(slipway.runtime, { stopping: false });
  const signIn = await app.request(
    '/api/auth/sign-in/email',
    {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: slipway.runtime.env.SLIPWAY_URL },
      body: JSON.stringify({
        email: tenant.ctx.actor.type === 'user' ? tenant.ctx.actor.email : '',
        password: 'correct horse',
      }),
    },
    {},
  );
  const cookie = signIn.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  const answer = await app.request(
    `/api/download/projects/${projectId}/files.csv?q=c.txt`,
    { headers: { cookie } },
    {},
  );
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-disposition')).toContain('attachment');
  expect(await answer.text()).toContain(ids['c']);
});

test('a project knows the digests of its ready files, and of no others', async () => {
  const { id: held } = await slipway.project(tenant);
  const made = await Promise.all(
    [1, 2, 3, 4].map(async (n) => {
      const bytes = new Uint8Array([n]);
      const { id } = await readyFile(slipway, { tenant, projectId: held, bytes });
      return { id, sha256: createHash('sha256').update(bytes).digest('hex') };
    }),
  );
  const [ready, gone, trial, replaced] = made.map(({ id }) => id);
  const { db } = tenant.ctx;
  await deleteFile(tenant.ctx, { projectId: held, fileId: gone ?? '', trash: true });
  await db
    .update(file)
    .set({ isTest: true })
    .where(eq(file.id, trial ?? ''));
  await db
    .update(file)
    .set({ replacedBy: ready })
    .where(eq(file.id, replaced ?? ''));
  await readyFile(slipway, { tenant, projectId: held, bytes: new Uint8Array([1]) });
  const digests = made.map(({ sha256 }) => sha256);
  const call = { projectId: held, digests };
  expect(await findKnownFiles(tenant.ctx, call)).toEqual([{ sha256: digests[0], name: 'a.bin' }]);
  expect(await findKnownFiles(tenant.ctx, { projectId, digests })).toEqual([]);
  expect(await findKnownFiles(tenant.ctx, { projectId: held, digests: [] })).toEqual([]);
  const stranger = await slipway.tenant();
  await expect(findKnownFiles(stranger.ctx, call)).rejects.toMatchObject({ code: 'not_found' });
  const many = Array.from({ length: 201 }, () => digests[0] ?? '');
  await expect(
    appRouter.createCaller(tenant.ctx).file.findKnown({ projectId: held, digests: many }),
  ).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

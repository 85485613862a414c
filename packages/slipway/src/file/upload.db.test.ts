import { createHash } from 'node:crypto';
import { auditEntry } from '@repo/foundation/audit';
import { AppError, toAppError } from '@repo/foundation/errors';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';
import { completeUpload } from './complete-upload.ts';
import { deleteFile } from './delete.ts';
import { eraseFile } from './erase.ts';
import { getFile } from './get.ts';
import { getFileUrl } from './get-url.ts';
import { listFiles } from './list.ts';
import { requestUpload } from './request-upload.ts';
import type { RequestUpload } from './schema.ts';
import { file } from './table.ts';

/** The smallest PNG: one pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const TEXT = Buffer.from('just words, no picture');
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

let slipway: TestSlipway;
let tenant: TestTenant;
let projectId: string;

beforeAll(async () => {
  slipway = await startTestSlipway();
  tenant = await slipway.tenant();
  ({ id: projectId } = await slipway.project(tenant));
});

afterAll(() => slipway.close());

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  return 'no error';
}

const png = (change: Partial<RequestUpload> = {}): RequestUpload => ({
  name: 'dot.png',
  size: PNG.length,
  type: 'image/png',
  ...change,
});

const request = (upload: RequestUpload, id = projectId) =>
  requestUpload(tenant.ctx, { projectId: id, upload });
const complete = (id: string, inProject = projectId) =>
  completeUpload(tenant.ctx, { projectId: inProject, upload: { id } });

async function uploaded(upload: RequestUpload = png(), bytes: Uint8Array = PNG): Promise<string> {
  const { id, key } = await request(upload);
  await slipway.putBytes({ key, bytes, type: upload.type });
  return id;
}

describe('from announced to ready', () => {
  test('bytes that are what they claim become ready, with their digest', async () => {
    const id = await uploaded(png({ metadata: { room: 'kitchen' }, customId: 'first' }));
    const ready = await complete(id);
    expect(ready).toMatchObject({
      id,
      projectId,
      status: 'ready',
      scan: 'not_scanned',
      sha256: sha256(PNG),
      customId: 'first',
      metadata: { room: 'kitchen' },
      url: null,
    });
    expect(ready.readyAt).not.toBeNull();
  });

  test('completing is idempotent, also twenty times at once, with one audit entry', async () => {
    const id = await uploaded();
    const all = await Promise.all(Array.from({ length: 20 }, () => complete(id)));
    for (const view of all) expect(view).toEqual(all[0]);
    expect(await complete(id)).toEqual(all[0]);
    const entries = await tenant.ctx.db
      .select()
      .from(auditEntry)
      .where(eq(auditEntry.entityId, id));
    expect(entries.map((entry) => entry.action)).toEqual(['file.ready']);
  });

  test('completing by key is the same', async () => {
    const { id, key } = await request(png());
    await slipway.putBytes({ key, bytes: PNG, type: 'image/png' });
    const view = await completeUpload(tenant.ctx, { projectId, upload: { key } });
    expect(view.id).toBe(id);
  });

  test('without bytes the upload stays open and says so', async () => {
    const { id, key } = await request(png());
    expect(await codeOf(complete(id))).toBe('object_missing');
    await slipway.putBytes({ key, bytes: PNG, type: 'image/png' });
    expect((await complete(id)).status).toBe('ready');
  });

  test('a public project gives files a lasting URL, once they are ready', async () => {
    const open = await slipway.project(tenant, { visibility: 'public' });
    const { id, key } = await request(png(), open.id);
    expect((await getFile(tenant.ctx, { projectId: open.id, fileId: id })).url).toBeNull();
    await slipway.putBytes({ key, bytes: PNG, type: 'image/png' });
    expect((await complete(id, open.id)).url).toBe(`http://127.0.0.1:3000/f/${key}`);
  });
});

describe('refused for good', () => {
  test.each([
    ['text that calls itself a picture', png({ size: TEXT.length }), TEXT, 'type_mismatch'],
    [
      'a picture that calls itself text',
      png({ name: 'a.txt', type: 'text/plain' }),
      PNG,
      'type_mismatch',
    ],
    ['an object of another size', png({ size: PNG.length + 1 }), PNG, 'size_mismatch'],
    ['bytes of another digest', png({ sha256: 'ab'.repeat(32) }), PNG, 'digest_mismatch'],
    [
      'an empty file that calls itself a picture',
      png({ size: 0 }),
      Buffer.alloc(0),
      'type_mismatch',
    ],
  ])('%s', async (_, upload, bytes, code) => {
    const id = await uploaded(upload, bytes);
    expect(await codeOf(complete(id))).toBe(code);
    // The same answer again, and nothing left in the storage.
    expect(await codeOf(complete(id))).toBe(code);
    const view = await getFile(tenant.ctx, { projectId, fileId: id });
    expect(view).toMatchObject({ status: 'rejected', readyAt: null });
    expect(await tenant.ctx.storages.default.head(view.key)).toBeNull();
  });

  test('a rejection says what was expected and what came', async () => {
    const id = await uploaded(png({ size: TEXT.length }), TEXT);
    await expect(complete(id)).rejects.toThrow(
      'Expected image/png, as was announced; the content is text.',
    );
  });
});

describe('rules come before anything is stored', () => {
  const countFiles = async (id: string) =>
    (await listFiles(tenant.ctx, { projectId: id, query: {} })).data.length;

  test('type and size', async () => {
    const strict = await slipway.project(tenant, {
      allowedTypes: ['image/*', 'text/csv'],
      maxSize: 100,
    });
    expect(await codeOf(request(png({ type: 'video/mp4' }), strict.id))).toBe(
      'file_type_not_allowed',
    );
    expect(await codeOf(request(png({ type: 'text/plain' }), strict.id))).toBe(
      'file_type_not_allowed',
    );
    expect(await codeOf(request(png({ size: 101 }), strict.id))).toBe('file_too_large');
    expect(await countFiles(strict.id)).toBe(0);
    expect(await codeOf(request(png({ size: 100 }), strict.id))).toBe('no error');
    expect(await codeOf(request(png({ name: 'a.csv', type: 'text/csv' }), strict.id))).toBe(
      'no error',
    );
  });

  test('fifty uploads at once never exceed the most files a project holds', async () => {
    const small = await slipway.project(tenant, { maxFiles: 7 });
    const codes = await Promise.all(
      Array.from({ length: 50 }, () => codeOf(request(png(), small.id))),
    );
    expect(codes.filter((code) => code === 'no error')).toHaveLength(7);
    expect(codes.filter((code) => code === 'file_limit_reached')).toHaveLength(43);
  });

  test('a customId is taken while its file lives and free again after', async () => {
    const id = await uploaded(png({ customId: 'cover' }));
    expect(await codeOf(request(png({ customId: 'cover' })))).toBe('custom_id_taken');
    await complete(id);
    await deleteFile(tenant.ctx, { projectId, fileId: id });
    expect(await codeOf(request(png({ customId: 'cover' })))).toBe('no error');
  });

  test.each([
    ['a path in the name', png({ name: '../x.png' })],
    ['a line break in the name', png({ name: 'a\nb.png' })],
    ['a negative size', png({ size: -1 })],
    ['half a byte', png({ size: 1.5 })],
    ['a type that is none', png({ type: 'picture' })],
    ['a digest that is none', png({ sha256: 'abc' })],
    ['a NUL in the name', png({ name: 'a\0.png' })],
    ['half a character in the name', png({ name: '\ud800.png' })],
    ['a NUL in the customId', png({ customId: 'a\0' })],
    ['half a character in the customId', png({ customId: '\udc00' })],
    ['a NUL in metadata', png({ metadata: { a: '\0' } })],
    ['half a character in metadata', png({ metadata: { '\ud800': 1 } })],
    ['nested metadata', png({ metadata: { a: { b: 1 } } as unknown as Record<string, string> })],
  ])('%s is refused', async (_, upload) => {
    await expect(request(upload)).rejects.toThrow('expected');
  });
});

describe('list, URL and delete', () => {
  test('pages by cursor, newest first, without gaps or repeats while files arrive', async () => {
    const { id: own } = await slipway.project(tenant);
    for (let index = 0; index < 7; index += 1) await request(png({ name: `${index}.png` }), own);
    const first = await listFiles(tenant.ctx, { projectId: own, query: { limit: 3 } });
    await request(png({ name: 'late.png' }), own);
    const seen = first.data.map((view) => view.name);
    let cursor = first.nextCursor;
    while (cursor !== null) {
      const page = await listFiles(tenant.ctx, { projectId: own, query: { limit: 3, cursor } });
      seen.push(...page.data.map((view) => view.name));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(['6.png', '5.png', '4.png', '3.png', '2.png', '1.png', '0.png']);
  });

  test('filters by name, id, customId, type, status and time', async () => {
    const { id: own } = await slipway.project(tenant);
    const a = await request(png({ name: '100%_Küche.png', customId: 'c-1' }), own);
    const b = await request(png({ name: 'plan.pdf', type: 'application/pdf' }), own);
    const names = async (query: Record<string, unknown>) =>
      (await listFiles(tenant.ctx, { projectId: own, query })).data.map((view) => view.id);
    expect(await names({ q: 'küche' })).toEqual([a.id]);
    expect(await names({ q: '0%_' })).toEqual([a.id]);
    // Of fewer than three letters the beginnings of words are found.
    expect(await names({ q: 'KÜ' })).toEqual([a.id]);
    expect(await names({ q: '.*' })).toEqual([]);
    expect(await names({ q: 'he' })).toEqual([]);
    expect(await names({ q: b.id })).toEqual([b.id]);
    expect(await names({ q: 'c-1' })).toEqual([a.id]);
    expect(await names({ type: 'image/*' })).toEqual([a.id]);
    expect(await names({ type: 'application/pdf' })).toEqual([b.id]);
    expect(await names({ status: 'ready' })).toEqual([]);
    expect(await names({ from: new Date(Date.now() + 60_000).toISOString() })).toEqual([]);
    expect(await names({ to: new Date(Date.now() + 60_000).toISOString() })).toHaveLength(2);
  });

  test('a made-up cursor is refused', async () => {
    await expect(listFiles(tenant.ctx, { projectId, query: { cursor: 'x' } })).rejects.toThrow(
      'nextCursor',
    );
  });

  const cursor = (text: string) => Buffer.from(text).toString('base64url');
  test.each([
    [{ q: 'a\0' }],
    [{ q: '\ud800' }],
    [{ from: 'yesterday' }],
    [{ cursor: cursor('999999999999999.file_a') }],
    [{ cursor: cursor('1.file_\0') }],
  ])('%j is the caller’s mistake, not ours', async (query) => {
    const error: unknown = await listFiles(tenant.ctx, { projectId, query }).catch(
      (reason: unknown) => reason,
    );
    expect(toAppError(error)).toMatchObject({ code: 'validation_failed', status: 400 });
  });

  test('only ready files have a URL', async () => {
    const id = await uploaded();
    const call = { projectId, fileId: id, query: {} };
    expect(await codeOf(getFileUrl(tenant.ctx, call))).toBe('conflict');
    await complete(id);
    expect((await getFileUrl(tenant.ctx, call)).url).toContain('&signature=');
  });

  test('a deleted file is gone, its bytes too, and deleting again changes nothing', async () => {
    const id = await uploaded();
    const { key } = await complete(id);
    const call = { projectId, fileId: id };
    expect((await deleteFile(tenant.ctx, call)).status).toBe('deleted');
    expect((await deleteFile(tenant.ctx, call)).status).toBe('deleted');
    expect(await codeOf(complete(id))).toBe('file_deleted');
    expect(await codeOf(getFileUrl(tenant.ctx, { ...call, query: {} }))).toBe('conflict');
    const listed = async (query: object) =>
      (await listFiles(tenant.ctx, { projectId, query: { q: id, ...query } })).data;
    expect(await listed({})).toEqual([]);
    expect(await listed({ status: 'deleted' })).toHaveLength(1);
    await eraseFile(tenant.ctx, { fileId: id });
    await eraseFile(tenant.ctx, { fileId: id });
    expect(await tenant.ctx.storages.default.head(key)).toBeNull();
    const rows = await tenant.ctx.db.select().from(file).where(eq(file.id, id));
    expect(rows).toHaveLength(1);
  });
});

import { randomBytes } from 'node:crypto';
import { auditEntry } from '@repo/foundation/audit';
import type { Sealed } from '@repo/foundation/sealing';
import { keyRing } from '@repo/foundation/sealing';
import { eq, sql } from 'drizzle-orm';
import { startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { SlipwayContext } from '../context.ts';
import { deleteFile } from '../file/delete.ts';
import { requestUpload } from '../file/request-upload.ts';
import { file } from '../file/table.ts';
import { project } from '../project/table.ts';
import { reseal } from '../sealing/reseal.ts';
import { keyActor, type TestTenant } from '../testing/index.ts';
import { checkStorage } from './check.ts';
import { connectStorage } from './connect.ts';
import { disconnectStorage } from './disconnect.ts';
import { listStorages } from './list.ts';
import { startMove } from './move/start-move.ts';
import { openConnections } from './open-connections.ts';
import { storageConnection, storageProbe } from './table.ts';
import {
  bucketAt,
  bytesOf,
  KEYS,
  SECRET,
  startWorld,
  upload,
  type World,
} from './testing/world.ts';
import { updateCredentials } from './update-credentials.ts';
import { setProjectStorage } from './use.ts';

let world: World;
let tenant: TestTenant;
let ctx: SlipwayContext;
let projectId: string;

beforeAll(async () => {
  world = await startWorld(await startFauxqs({ port: 0, logger: false }));
  tenant = await world.slipway.tenant();
  ({ ctx } = tenant);
});
beforeEach(async () => {
  ({ id: projectId } = await world.slipway.project(tenant));
});
afterAll(() => world.close());

const rowOf = async (id: string) => {
  const [row] = await ctx.db.select().from(storageConnection).where(eq(storageConnection.id, id));
  return row;
};
const newKey = () => randomBytes(32).toString('hex');
/** Long enough for what a process believes to be asked again. */
const soon = () => new Promise((resolve) => setTimeout(resolve, 3_200));
/** Which key a storage signs with. */
const keyOf = async (storage: Awaited<ReturnType<typeof ctx.storages.of>>) => {
  const wish = { key: 'a/b', type: 'text/plain', disposition: 'inline', expiresInSeconds: 60 };
  const url = new URL((await storage.signDownload(wish)) ?? '');
  return url.searchParams.get('X-Amz-Credential')?.split('/')[0];
};

test('a connected bucket takes the files from now on, and what it can do was found out', async () => {
  const storageId = await world.connect(tenant, projectId);
  await setProjectStorage(ctx, { projectId, storageId });
  const bytes = randomBytes(1000);
  const row = await upload(world, { ctx, projectId, bytes });
  expect(row).toMatchObject({ status: 'ready', storageId });
  expect((await bytesOf(ctx, row))?.equals(bytes)).toBe(true);
  expect(await ctx.storages.default.head(row.key)).toBeNull();
  expect(await listStorages(ctx, projectId)).toMatchObject({
    currentId: storageId,
    standard: { kind: 'disk', files: 0, bytes: 0 },
    connections: [
      { id: storageId, files: 1, bytes: 1000, accessKeyHint: '1234', capabilities: { copy: true } },
    ],
    move: null,
    obstacle: null,
  });
});

test('what the database holds of a bucket shows no secret, and neither do answers nor audit', async () => {
  const storageId = await world.connect(tenant, projectId);
  const credentials = {
    accessKeyId: 'AKIAREPLACEDREPLACED',
    secretAccessKey: `${SECRET}-replaced`,
  };
  await updateCredentials(ctx, { projectId, storageId, ...credentials, force: true });
  await checkStorage(ctx, { projectId, storageId });
  const { rows: tables } = await ctx.db.execute<{ name: string }>(sql`
    select quote_ident(table_schema) || '.' || quote_ident(table_name) as name
    from information_schema.tables
    where table_schema in ('public', 'pgboss') and table_type = 'BASE TABLE'`);
  expect(tables.length).toBeGreaterThan(10);
  // As pg_dump would write them.
  const dump = await Promise.all(
    tables.map(async ({ name }) => {
      const { rows } = await ctx.db.execute(sql.raw(`select t::text as line from ${name} t`));
      return JSON.stringify(rows);
    }),
  );
  const text = [...dump, JSON.stringify(await listStorages(ctx, projectId))].join('\n');
  expect(text).toContain(storageId);
  for (const secret of [SECRET, 'AKIATESTTESTTEST1234', 'AKIAREPLACEDREPLACED']) {
    expect(text).not.toContain(secret);
    expect(text).not.toContain(Buffer.from(secret).toString('base64').slice(0, 20));
    expect(text).not.toContain(Buffer.from(secret).toString('hex'));
  }
});

test('credentials that were copied into another row, or changed, open nothing', async () => {
  const [one, other] = [
    await world.connect(tenant, projectId),
    await world.connect(tenant, projectId),
  ];
  const open = openConnections({ db: ctx.db, log: ctx.log, access: ctx.buckets });
  const sealed = String((await rowOf(one))?.credentials);
  const put = (text: string) =>
    ctx.db
      .update(storageConnection)
      .set({ credentials: text as unknown as Sealed })
      .where(eq(storageConnection.id, other));
  await put(sealed);
  await expect(open(other)).rejects.toMatchObject({ code: 'storage_unavailable' });
  await put(`${sealed.slice(0, -2)}AA`);
  await expect(open(other)).rejects.toMatchObject({ code: 'storage_unavailable' });
  await put('v1.');
  await expect(open(other)).rejects.toMatchObject({ code: 'storage_unavailable' });
  await open(one);
  const keys = keyRing.parse(`k1:${newKey()}`);
  const wrong = openConnections({ db: ctx.db, log: ctx.log, access: { ...ctx.buckets, keys } });
  await expect(wrong(one)).rejects.toMatchObject({ code: 'storage_unavailable' });
});

test('replaced credentials are used by other processes within seconds, and a disconnected bucket by none', async () => {
  const storageId = await world.connect(tenant, projectId);
  const other = openConnections({ db: ctx.db, log: ctx.log, access: ctx.buckets });
  const before = await other(storageId);
  expect(await other(storageId)).toBe(before);
  const credentials = { accessKeyId: 'AKIAREPLACED', secretAccessKey: 'another' };
  await updateCredentials(ctx, { projectId, storageId, ...credentials, force: true });
  await soon();
  expect(await keyOf(await other(storageId))).toBe('AKIAREPLACED');
  expect(await keyOf(await ctx.storages.of(storageId))).toBe('AKIAREPLACED');
  await disconnectStorage(ctx, { projectId, storageId });
  await soon();
  await expect(other(storageId)).rejects.toMatchObject({ code: 'storage_unavailable' });
  await expect(ctx.storages.of(storageId)).rejects.toMatchObject({ code: 'storage_unavailable' });
  expect(await rowOf(storageId)).toBeUndefined();
});

test('a newer key seals what older ones sealed, and the older one may go', async () => {
  const storageId = await world.connect(tenant, projectId);
  const broken = await world.connect(tenant, projectId);
  await ctx.db
    .update(storageConnection)
    .set({ credentials: 'v1.lost.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAA' as unknown as Sealed })
    .where(eq(storageConnection.id, broken));
  const fresh = newKey();
  const rotated = {
    ...ctx,
    buckets: { ...ctx.buckets, keys: keyRing.parse(`k2:${fresh},${KEYS}`) },
  };
  const before = await rowOf(storageId);
  expect(await reseal(rotated)).toBeGreaterThanOrEqual(1);
  expect(await reseal(rotated)).toBe(0);
  const after = await rowOf(storageId);
  expect(after?.credentials).toMatch(/^v1\.k2\./);
  expect(after).toEqual({ ...before, credentials: after?.credentials });
  const keys = keyRing.parse(`k2:${fresh}`);
  const open = openConnections({ db: ctx.db, log: ctx.log, access: { ...ctx.buckets, keys } });
  expect(await keyOf(await open(storageId))).toBe('AKIATESTTESTTEST1234');
  expect((await rowOf(broken))?.credentials).toMatch(/^v1\.lost\./);
  // The others of this file go on with the first key.
  await reseal({
    ...ctx,
    buckets: { ...ctx.buckets, keys: keyRing.parse(`${KEYS},k2:${fresh}`) },
  });
});

test('without a key to seal with, the answer says what to set', async () => {
  const without = { ...ctx, buckets: { ...ctx.buckets, keys: null } };
  const bucket = await world.createBucket();
  const input = { projectId, name: 'Mine', ...bucketAt(world.endpoint, bucket) };
  await expect(connectStorage(without, input)).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('ENCRYPTION_KEYS'),
  });
  expect((await listStorages(without, projectId)).obstacle).toContain('ENCRYPTION_KEYS');
});

test('what the doctor finds wrong is a refusal, unless it is wanted all the same', async () => {
  const input = { projectId, name: 'Missing', ...bucketAt(world.endpoint, 'no-such-bucket') };
  const refused = await connectStorage(ctx, input);
  expect(refused.outcome).toBe('refused');
  expect(refused.report.checks.some(({ outcome }) => outcome === 'problem')).toBe(true);
  expect((await listStorages(ctx, projectId)).connections).toEqual([]);
  const forced = await connectStorage(ctx, { ...input, force: true });
  expect(forced).toMatchObject({ outcome: 'connected', report: { capabilities: null } });
});

test('a bucket is connected once, however its address is written, and never Slipway’s own', async () => {
  const storageId = await world.connect(tenant, projectId);
  const address = (await rowOf(storageId))?.address;
  const again = {
    projectId,
    name: 'Again',
    ...bucketAt(world.endpoint, address?.bucket ?? ''),
    force: true,
  };
  await expect(connectStorage(ctx, again)).rejects.toMatchObject({ code: 'conflict' });
  const alias = world.endpoint.replace('127.0.0.1', 'localhost');
  await expect(connectStorage(ctx, { ...again, endpoint: alias })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining(address?.bucket ?? ''),
  });
  const own = await ctx.storages.of(storageId);
  const inside = { ...ctx, storages: { ...ctx.storages, default: own } };
  const { id: another } = await world.slipway.project(tenant);
  await expect(
    connectStorage(inside, { ...again, projectId: another, endpoint: alias }),
  ).rejects.toMatchObject({ code: 'conflict' });
});

test.each([
  ['bucket', { bucket: 'arn:aws:s3:::other' }],
  ['bucket', { bucket: '../other' }],
  ['region', { region: 'us-east-1.evil.example/' }],
  ['endpoint', { endpoint: 'ftp://127.0.0.1' }],
  ['endpoint', { endpoint: 'https://user:password@s3.example.com' }],
  ['endpoint', { endpoint: 'https://s3.example.com/?x=1' }],
  ['accessKeyId', { accessKeyId: 'a\nb' }],
  ['secretAccessKey', { secretAccessKey: '' }],
  ['name', { name: '\0' }],
])('a %s that is none is the caller’s mistake', async (field, change) => {
  const input = { projectId, name: 'Mine', ...bucketAt(world.endpoint, 'bucket'), ...change };
  await expect(connectStorage(ctx, input)).rejects.toMatchObject({
    issues: [expect.objectContaining({ path: [field] })],
  });
});

test.each([
  'http://127.0.0.1:9000',
  'https://127.0.0.1:9000',
  'https://localhost',
  'https://[::1]',
  'https://[::ffff:10.0.0.1]',
  'https://0x7f.1',
  'https://169.254.169.254',
  'http://s3.example.com',
])('%s is refused where buckets have to be on the public internet', async (endpoint) => {
  const guarded = { ...ctx, buckets: { ...ctx.buckets, allowPrivate: false } };
  const input = { projectId, name: 'Inside', ...bucketAt(endpoint, 'bucket'), force: true };
  await expect(connectStorage(guarded, input)).rejects.toMatchObject({
    code: 'validation_failed',
    details: { issues: [expect.objectContaining({ path: 'endpoint' })] },
  });
});

test('a bucket that was allowed once is not reached when it is not allowed any more', async () => {
  const storageId = await world.connect(tenant, projectId);
  const access = { ...ctx.buckets, allowPrivate: false };
  const open = openConnections({ db: ctx.db, log: ctx.log, access });
  await expect((await open(storageId)).head('a/b')).rejects.toMatchObject({
    code: 'storage_unavailable',
    message: expect.stringContaining('not an address of the public internet'),
  });
  const report = await checkStorage({ ...ctx, buckets: access }, { projectId, storageId });
  expect(report.capabilities).toBeNull();
});

test('another project’s bucket is not there, for members of both', async () => {
  const { id: other } = await world.slipway.project(tenant);
  const storageId = await world.connect(tenant, other);
  const ref = { projectId, storageId };
  const credentials = { accessKeyId: 'a', secretAccessKey: 's' };
  const calls: Record<string, () => Promise<unknown>> = {
    use: () => setProjectStorage(ctx, ref),
    check: () => checkStorage(ctx, ref),
    update: () => updateCredentials(ctx, { ...ref, ...credentials }),
    disconnect: () => disconnectStorage(ctx, ref),
    move: () => startMove(ctx, ref),
  };
  for (const [name, call] of Object.entries(calls))
    await expect(call(), name).rejects.toMatchObject({ code: 'not_found' });
  const [row] = await ctx.db.select().from(project).where(eq(project.id, projectId));
  expect(row?.storageId).toBeNull();
});

test('a project’s key opens no storage', async () => {
  const actor = keyActor(projectId);
  await expect(listStorages({ ...ctx, actor }, projectId)).rejects.toMatchObject({
    code: 'unauthenticated',
  });
});

test('a bucket stays while anything needs it, and takes nothing with it when it goes', async () => {
  const storageId = await world.connect(tenant, projectId);
  const disconnect = (leaveRest = false) =>
    disconnectStorage(ctx, { projectId, storageId, leaveRest });
  await setProjectStorage(ctx, { projectId, storageId });
  await expect(disconnect()).rejects.toMatchObject({ code: 'conflict' });
  const row = await upload(world, { ctx, projectId, bytes: randomBytes(10) });
  const pending = await requestUpload(ctx, {
    projectId,
    upload: { name: 'a.txt', size: 1, type: 'text/plain' },
  });
  await setProjectStorage(ctx, { projectId, storageId: null });
  await expect(disconnect(true)).rejects.toThrow('2 files are kept there');
  for (const { id } of [row, pending]) await deleteFile(ctx, { projectId, fileId: id });
  await expect(disconnect()).rejects.toMatchObject({ code: 'conflict', details: { rest: 2 } });
  await disconnect(true);
  const rows = await ctx.db.select().from(file).where(eq(file.projectId, projectId));
  for (const each of rows) {
    expect(each).toMatchObject({ status: 'deleted', storageId: null });
    expect(each.erasedAt).not.toBeNull();
  }
  // A request that had read the project before is refused by the database itself.
  const stale = { ...ctx, project: { ...(await projectRow()), storageId } };
  await expect(
    requestUpload(stale, { projectId, upload: { name: 'a', size: 1, type: 'text/plain' } }),
  ).rejects.toThrow();
});

const projectRow = async () => {
  const [row] = await ctx.db.select().from(project).where(eq(project.id, projectId));
  if (row === undefined) throw new Error('no project');
  return row;
};

test('every change leaves its audit entry', async () => {
  const storageId = await world.connect(tenant, projectId);
  const credentials = { accessKeyId: 'AKIAREPLACED', secretAccessKey: 'another' };
  await updateCredentials(ctx, { projectId, storageId, ...credentials, force: true });
  await setProjectStorage(ctx, { projectId, storageId });
  await setProjectStorage(ctx, { projectId, storageId });
  await setProjectStorage(ctx, { projectId, storageId: null });
  await disconnectStorage(ctx, { projectId, storageId });
  const entries = await ctx.db
    .select()
    .from(auditEntry)
    .where(sql`${auditEntry.entityId} in (${storageId}, ${projectId})`)
    .orderBy(auditEntry.createdAt);
  expect(entries.map(({ action }) => action)).toEqual([
    'project.created',
    'storage_connection.connected',
    'storage_connection.credentials_replaced',
    'project.storage_changed',
    'project.storage_changed',
    'storage_connection.disconnected',
  ]);
  for (const entry of entries)
    expect(entry).toMatchObject({ actorType: 'user', actorId: tenant.userId });
});

test('what probing found is kept by bucket and key, and serves whoever asks next', async () => {
  const storageId = await world.connect(tenant, projectId);
  const probes = await ctx.db.select().from(storageProbe);
  expect(probes.length).toBeGreaterThan(0);
  const open = openConnections({ db: ctx.db, log: ctx.log, access: ctx.buckets });
  const { capabilities } = (await listStorages(ctx, projectId)).connections[0] ?? {};
  expect(await (await open(storageId)).capabilities()).toEqual(capabilities);
});

import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { event } from '../event/table.ts';
import { createHttp } from '../http.ts';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';
import { usageOf } from '../usage/usage-of.ts';
import { completeUpload } from './complete-upload.ts';
import { deleteFile } from './delete.ts';
import { getFile } from './get.ts';
import { getFileUrl } from './get-url.ts';
import { getFileHistory } from './history.ts';
import { listFiles } from './list.ts';
import { requestUpload } from './request-upload.ts';
import { restoreFile } from './restore.ts';
import type { RequestUpload } from './schema.ts';
import { sweepFiles } from './sweep.ts';
import { file } from './table.ts';
import { updateFile } from './update.ts';
import { listVersions } from './versions.ts';

const DAY_MS = 86_400_000;
let slipway: TestSlipway;
let tenant: TestTenant;

beforeAll(async () => {
  slipway = await startTestSlipway();
  tenant = await slipway.tenant();
});
afterAll(() => slipway.close());

const newProject = async (rules = {}) =>
  (await slipway.project(tenant, { visibility: 'public', ...rules })).id;

type Wish = Partial<RequestUpload> & { text: string };

async function announce(projectId: string, { text, ...more }: Wish) {
  const upload = { name: 'logo.txt', size: text.length, type: 'text/plain', ...more };
  const ticket = await requestUpload(tenant.ctx, {
    projectId,
    upload: { customId: 'logo', replace: true, ...upload },
  });
  return {
    ...ticket,
    projectId,
    fileId: ticket.id,
    send: () => slipway.putBytes({ key: ticket.key, bytes: Buffer.from(text), type: 'text/plain' }),
    complete: () => completeUpload(tenant.ctx, { projectId, upload: { id: ticket.id } }),
  };
}

async function version(projectId: string, wish: Wish) {
  const announced = await announce(projectId, wish);
  await announced.send();
  await announced.complete();
  return announced;
}

async function served(url: string | null) {
  const { pathname, search } = new URL(url ?? 'http://localhost/f/none');
  const app = createHttp(slipway.runtime, { stopping: false });
  const answer = await app.request(pathname + search, {}, { incoming: { socket: {} } });
  return answer.status === 200 ? answer.text() : answer.status;
}

const latest = async (at: { projectId: string; fileId: string }) =>
  served((await getFile(tenant.ctx, at)).latestUrl);

const textsOf = async (at: { projectId: string; fileId: string }) => {
  const { data } = await listVersions(tenant.ctx, at);
  return Promise.all(data.map(({ url }) => served(url)));
};

test('one address serves the newest ready version; a failed upload never takes the old one away', async () => {
  const projectId = await newProject();
  const one = await version(projectId, { text: 'one' });
  const two = await announce(projectId, { text: 'two' });
  expect(await latest(one)).toBe('one');
  await two.send();
  await two.complete();
  expect(await latest(one)).toBe('two');
  // What was linked by its own address stays there.
  expect(await textsOf(one)).toEqual(['two', 'one']);
  const listed = await listFiles(tenant.ctx, { projectId, query: {} });
  expect(listed.data.map(({ id }) => id)).toEqual([two.id]);
  const all = await listFiles(tenant.ctx, { projectId, query: { versions: 'true' } });
  expect(all.data).toMatchObject([
    { id: two.id, replaces: one.id, replacedBy: null, customId: 'logo' },
    { id: one.id, replaces: null, replacedBy: two.id, customId: 'logo' },
  ]);
  const bad = await announce(projectId, { text: 'bad', sha256: '0'.repeat(64) });
  await bad.send();
  await expect(bad.complete()).rejects.toMatchObject({ code: 'digest_mismatch' });
  expect(await latest(two)).toBe('two');
  expect(await usageOf(tenant.ctx.db, projectId)).toMatchObject({ files: 2, bytes: 6 });
});

test('an older version is restored and back again; history and events tell of it', async () => {
  const projectId = await newProject();
  const one = await version(projectId, { text: 'one' });
  const two = await version(projectId, { text: 'two' });
  expect(await restoreFile(tenant.ctx, one)).toMatchObject({ replacedBy: null, replaces: two.id });
  expect(await latest(one)).toBe('one');
  await restoreFile(tenant.ctx, one);
  await restoreFile(tenant.ctx, two);
  expect(await latest(one)).toBe('two');
  const { data } = await getFileHistory(tenant.ctx, one);
  expect(data.map(({ reason }) => reason)).toEqual([
    'announced',
    'bytes_arrived',
    'verified',
    'replaced',
    'restored',
    'replaced',
  ]);
  const told = await tenant.ctx.db.select().from(event).where(eq(event.entityId, one.id));
  expect(told.map(({ type }) => type)).toEqual([
    'file.ready',
    'file.replaced',
    'file.restored',
    'file.replaced',
  ]);
  expect(told[1]?.data).toMatchObject({ replacedBy: two.id, file: { id: one.id } });
});

test('without asking for it an id is taken, unless a rule says otherwise; a request’s word comes first', async () => {
  const projectId = await newProject();
  await version(projectId, { text: 'one' });
  const plain = (at: string, more: Partial<RequestUpload>) =>
    requestUpload(tenant.ctx, {
      projectId: at,
      upload: { name: 'a.txt', size: 1, type: 'text/plain', customId: 'logo', ...more },
    });
  const taken = { code: 'custom_id_taken', message: expect.stringContaining('replace: true') };
  await expect(plain(projectId, {})).rejects.toMatchObject(taken);
  await plain(projectId, { rules: { replace: true } });
  const ruled = await newProject({ replace: true, routes: { avatars: { replace: false } } });
  await version(ruled, { text: 'one', replace: undefined });
  await plain(ruled, {});
  await expect(plain(ruled, { replace: false })).rejects.toMatchObject(taken);
  await expect(plain(ruled, { route: 'avatars' })).rejects.toMatchObject(taken);
  await plain(ruled, { route: 'avatars', rules: { replace: true } });
  await expect(plain(ruled, { customId: undefined, replace: true })).rejects.toMatchObject({
    code: 'validation_failed',
  });
});

test('of many versions at once one is the newest, and none is lost', async () => {
  const projectId = await newProject();
  const texts = ['a', 'b', 'c', 'd', 'e', 'f'];
  const announced = await Promise.all(texts.map((text) => announce(projectId, { text })));
  await Promise.all(announced.map((each) => each.send()));
  await Promise.all(announced.map((each) => each.complete()));
  const [first] = announced;
  if (first === undefined) expect.fail('nothing was announced');
  const { data } = await listVersions(tenant.ctx, first);
  expect(data).toHaveLength(texts.length);
  expect(data.filter(({ replacedBy }) => replacedBy === null)).toHaveLength(1);
});

test('an upload that expected a free id becomes a version when another one was ready first', async () => {
  const projectId = await newProject();
  const plain = await announce(projectId, { text: 'plain', replace: false });
  const other = await version(projectId, { text: 'other' });
  expect(await latest(other)).toBe('other');
  await plain.send();
  await plain.complete();
  expect(await textsOf(other)).toEqual(['plain', 'other']);
});

test('a version ends by its rule; with the newest all go, and the id is free', async () => {
  const projectId = await newProject({ versionDays: 3, trashDays: 5 });
  const one = await version(projectId, { text: 'one' });
  const two = await version(projectId, { text: 'two' });
  const inDays = (days: number) => ({
    ...tenant.ctx,
    now: () => new Date(Date.now() + days * DAY_MS),
  });
  await sweepFiles(inDays(2));
  expect(await textsOf(two)).toEqual(['two', 'one']);
  await sweepFiles(inDays(4));
  expect(await textsOf(two)).toEqual(['two']);
  expect((await getFile(tenant.ctx, one)).restorableUntil).toBeNull();
  const three = await version(projectId, { text: 'three' });
  await deleteFile(tenant.ctx, { ...three, trash: true });
  expect(await served((await getFile(tenant.ctx, two)).url)).toBe(404);
  expect(await latest(three)).toBe(404);
  const next = await version(projectId, { text: 'next', replace: false });
  expect(await getFile(tenant.ctx, next)).toMatchObject({ replaces: null });
  // Out of the trash an older version is one again, for as long as before.
  expect(await restoreFile(tenant.ctx, two)).toMatchObject({ status: 'ready' });
  await expect(restoreFile(tenant.ctx, three)).rejects.toMatchObject({ code: 'custom_id_taken' });
  await restoreFile(tenant.ctx, two);
  expect(await latest(two)).toBe('two');
});

test('for good out of the trash go all versions, but none of a later file with the id', async () => {
  const projectId = await newProject();
  await version(projectId, { text: 'one' });
  await version(projectId, { text: 'four' });
  const newest = await version(projectId, { text: 'three' });
  await deleteFile(tenant.ctx, { ...newest, trash: true });
  const laterOld = await version(projectId, { text: 'later', replace: false });
  const laterNew = await version(projectId, { text: 'newer' });
  await deleteFile(tenant.ctx, { ...laterOld, trash: true });
  expect(await usageOf(tenant.ctx.db, projectId)).toMatchObject({ files: 5 });
  await deleteFile(tenant.ctx, { ...newest, trash: false });
  expect(await usageOf(tenant.ctx.db, projectId)).toMatchObject({ files: 2, bytes: 10 });
  expect((await getFile(tenant.ctx, laterOld)).restorableUntil).not.toBeNull();
  expect(await latest(laterNew)).toBe('newer');
});

test('who deletes the newest version and who restores an older one at once do not wait for each other', async () => {
  const projectId = await newProject();
  const one = await version(projectId, { text: 'one' });
  const two = await version(projectId, { text: 'two' });
  // Both get as far as they can without the newest row, which is held here.
  const both = await tenant.ctx.db.transaction(async (tx) => {
    await tx.select().from(file).where(eq(file.id, two.id)).for('update');
    const restoring = restoreFile(tenant.ctx, one);
    const deleting = deleteFile(tenant.ctx, { ...two, trash: true });
    const settled = Promise.allSettled([restoring, deleting]);
    const waiting = async () => {
      const { rows } = await tx.execute(sql`select 1 from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`);
      return rows.length;
    };
    await expect.poll(waiting, { timeout: 10_000 }).toBe(2);
    return () => settled;
  });
  expect((await both()).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
});

test('versions keep together when the id is changed; private ones need a signature', async () => {
  const projectId = await newProject({ visibility: 'private' });
  const one = await version(projectId, { text: 'one' });
  const two = await version(projectId, { text: 'two' });
  await expect(
    updateFile(tenant.ctx, { ...one, change: { customId: 'other' } }),
  ).rejects.toMatchObject({ code: 'conflict' });
  await updateFile(tenant.ctx, { ...two, change: { customId: 'a/b ü' } });
  expect(await listVersions(tenant.ctx, one)).toMatchObject({ data: [{ id: two.id }, {}] });
  const signed = await getFileUrl(tenant.ctx, { ...two, query: { latest: 'true' } });
  expect(await served(signed.url)).toBe('two');
  expect(await served(signed.url.split('?')[0] ?? '')).toBe(404);
  expect(await served(signed.url.replace('/id/', '/test-id/'))).not.toBe('two');
  await restoreFile(tenant.ctx, one);
  expect(await served(signed.url)).toBe('one');
});

test('a refused newcomer that is renamed takes no versions along', async () => {
  const projectId = await newProject();
  const one = await version(projectId, { text: 'one' });
  const two = await version(projectId, { text: 'two' });
  const bad = await announce(projectId, { text: 'bad', sha256: '0'.repeat(64) });
  await bad.send();
  await expect(bad.complete()).rejects.toMatchObject({ code: 'digest_mismatch' });
  await updateFile(tenant.ctx, { ...bad, change: { customId: 'other' } });
  const { data } = await listVersions(tenant.ctx, two);
  expect(data.map(({ id }) => id)).toEqual([two.id, one.id]);
});

test('newcomers with the bytes of the newest version take its place one after the other', async () => {
  const projectId = await newProject({ dedupe: true });
  const first = await version(projectId, { text: 'same' });
  const newcomers = await Promise.all([
    announce(projectId, { text: 'same' }),
    announce(projectId, { text: 'same' }),
  ]);
  await Promise.all(newcomers.map(({ send }) => send()));
  const settled = await tenant.ctx.db.transaction(async (tx) => {
    // Whose turn it is: both are let go when both are waiting for it.
    const turn = JSON.stringify([projectId, false, 'logo']);
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${turn}, 4712))`);
    const settling = Promise.allSettled(newcomers.map(({ complete }) => complete()));
    const waiting = async () => {
      const { rows } = await tx.execute(sql`select 1 from pg_locks
        where locktype = 'advisory' and not granted
          and database = (select oid from pg_database where datname = current_database())`);
      return rows.length;
    };
    await expect.poll(waiting, { timeout: 10_000 }).toBe(2);
    return () => settling;
  });
  expect(await settled()).toMatchObject(newcomers.map(() => ({ value: { status: 'ready' } })));
  const { data } = await listVersions(tenant.ctx, first);
  expect(data).toHaveLength(3);
  expect(data.filter(({ replacedBy }) => replacedBy === null)).toHaveLength(1);
});

test('a stranger sees no versions, and has ids of its own', async () => {
  const projectId = await newProject();
  const one = await version(projectId, { text: 'one' });
  const stranger = await slipway.tenant();
  await expect(listVersions(stranger.ctx, one)).rejects.toMatchObject({ code: 'not_found' });
  await expect(restoreFile(stranger.ctx, one)).rejects.toMatchObject({ code: 'not_found' });
  const elsewhere = await newProject();
  await version(elsewhere, { text: 'two' });
  expect(await latest(one)).toBe('one');
  const [row] = await tenant.ctx.db.select().from(file).where(eq(file.id, one.id));
  expect(row?.replacedBy).toBeNull();
});

test('a temporary version that nobody confirms gives the place back that it took', async () => {
  const projectId = await newProject();
  const one = await version(projectId, { text: 'one' });
  const two = await version(projectId, { text: 'two', temporary: true });
  expect(await latest(one)).toBe('two');
  const ctx = { ...tenant.ctx, now: () => new Date(Date.now() + 2 * DAY_MS) };
  await sweepFiles(ctx);
  expect((await getFile(tenant.ctx, two)).status).toBe('deleted');
  expect(await getFile(tenant.ctx, one)).toMatchObject({ status: 'ready', replacedBy: null });
  expect(await latest(one)).toBe('one');
  const { data } = await listFiles(tenant.ctx, { projectId, query: {} });
  expect(data.map(({ id }) => id)).toEqual([one.id]);
  // And nothing ends it as an older version.
  await sweepFiles({ ...ctx, now: () => new Date(Date.now() + 90 * DAY_MS) });
  expect((await getFile(tenant.ctx, one)).status).toBe('ready');
});

test('with a newest version that expires its older ones go, too; an older one goes alone', async () => {
  const projectId = await newProject({ versionDays: 30 });
  const one = await version(projectId, { text: 'one', expiresInDays: 1 });
  const two = await version(projectId, { text: 'two' });
  const three = await version(projectId, { text: 'three', expiresInDays: 3 });
  const after = (days: number) => ({
    ...tenant.ctx,
    now: () => new Date(Date.now() + days * DAY_MS),
  });
  await sweepFiles(after(2));
  expect((await getFile(tenant.ctx, one)).status).toBe('deleted');
  expect(await textsOf(two)).toEqual(['three', 'two']);
  await sweepFiles(after(4));
  expect((await getFile(tenant.ctx, three)).status).toBe('deleted');
  expect((await getFile(tenant.ctx, two)).status).toBe('deleted');
  expect(await usageOf(tenant.ctx.db, projectId)).toMatchObject({ files: 0, bytes: 0 });
});

import { randomBytes } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTusWorld, type TusWorld } from '../tus/testing/world.ts';
import { eraseFile } from './erase.ts';
import { sweepFiles } from './sweep.ts';
import { file } from './table.ts';

const MIB = 1024 ** 2;
const DAYS = 86_400_000;
const BYTES = randomBytes(8 * MIB + 1000);

let world: TusWorld;

beforeAll(async () => {
  world = await startTusWorld();
});
afterAll(() => world.close());

const here = (address: string) => {
  const { pathname, search } = new URL(address);
  return `${world.url}${pathname}${search}`;
};

/** An upload of which the first part has come. */
async function beginUpload(): Promise<{ id: string; url: string; partUrl: string }> {
  const { key } = await world.project();
  const post = async (url: string, body: object) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).json();
  };
  const wish = { name: 'a.bin', size: BYTES.length, type: 'application/octet-stream' };
  const ticket = await post(`${world.url}/api/upload-url`, { ...wish, multipart: true });
  const signed = await post(here(ticket.url), { parts: [{ number: 1 }] });
  const partUrl = here(signed.parts[0].url);
  expect((await putPart(partUrl)).status).toBe(200);
  return { id: ticket.id, url: here(ticket.url), partUrl };
}

const putPart = (url: string) =>
  fetch(url, { method: 'PUT', body: new Uint8Array(BYTES.subarray(0, 8 * MIB)) });

test('of parts whose upload is given up no byte stays, and none comes again', async () => {
  const before = await world.stored();
  const { id, url, partUrl } = await beginUpload();
  expect((await world.stored()) - before).toBeGreaterThanOrEqual(8 * MIB);
  expect((await fetch(url, { method: 'DELETE' })).status).toBe(204);
  await eraseFile(world.jobContext(), { fileId: id });
  expect(await world.stored()).toBe(before);
  expect((await putPart(partUrl)).status).toBe(409);
  expect(await world.stored()).toBe(before);
});

test('nor of those that nobody comes back to, once their time is over', async () => {
  const before = await world.stored();
  await beginUpload();
  await sweepFiles(world.jobContext(6 * DAYS));
  expect((await world.stored()) - before).toBeGreaterThanOrEqual(8 * MIB);
  // Once to end it, once to erase it.
  for (let sweep = 0; sweep < 2; sweep += 1) await sweepFiles(world.jobContext(9 * DAYS));
  expect(await world.stored()).toBe(before);
});

test('who has the address of an upload cannot take away what has become a file of it', async () => {
  const { id, url } = await beginUpload();
  const { db } = world.runtime;
  let giving: Promise<Response> = Promise.resolve(Response.error());
  // Somebody completes it in the moment in which it is given up.
  await db.transaction(async (tx) => {
    await tx.update(file).set({ status: 'ready', readyAt: new Date() }).where(eq(file.id, id));
    giving = fetch(url, { method: 'DELETE' });
    const waiting = sql`select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    await expect.poll(async () => (await db.execute(waiting)).rowCount).toBe(1);
  });
  expect((await giving).status).toBe(409);
  // Nor when its storage loses it: what is left is its owner's.
  await db.update(file).set({ status: 'failed' }).where(eq(file.id, id));
  expect((await fetch(url, { method: 'DELETE' })).status).toBe(409);
  const [row] = await db.select().from(file).where(eq(file.id, id));
  expect(row?.status).toBe('failed');
});

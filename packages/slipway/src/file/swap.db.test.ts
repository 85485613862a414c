import { createHash, randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reconcileStorage } from '../reconcile/reconcile.ts';
import { PROFILES } from '../storage/s3/testing/rules.ts';
import { type StrictS3, startStrictS3 } from '../storage/s3/testing/strict-s3.ts';
import { startTusWorld, type TusWorld } from '../tus/testing/world.ts';
import { sweepFiles } from './sweep.ts';
import { file } from './table.ts';

const HOUR_MS = 3_600_000;
const MIB = 1024 ** 2;

const hex = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const otherBytes = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0xff));

interface Sent {
  url: string;
  headers: Record<string, string>;
  bytes: Buffer;
}

const put = ({ url, headers, bytes }: Sent) =>
  fetch(url, { method: 'PUT', headers, body: new Uint8Array(bytes) });

describe.each([
  ['that keeps to create-only', PROFILES.AWS],
  ['that overwrites', PROFILES.B2],
] as const)('in a bucket %s', (_, rules) => {
  let upstream: Awaited<ReturnType<typeof startFauxqs>>;
  let strict: StrictS3;
  let world: TusWorld;

  beforeAll(async () => {
    upstream = await startFauxqs({ port: 0, logger: false });
    strict = await startStrictS3(`http://127.0.0.1:${upstream.port}`, rules);
    world = await startTusWorld(strict.options);
  });
  afterAll(async () => {
    await world.close();
    await strict.close();
    await upstream.stop();
  });

  async function customer() {
    const { id: projectId, key } = await world.project();
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const get = async (path: string) =>
      (await fetch(`${world.url}/api/files/${path}`, { headers })).json();
    const post = async (path: string, body: object) => {
      const { pathname, search } = new URL(path, world.url);
      const response = await fetch(`${world.url}${pathname}${search}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      });
      return { status: response.status, body: await response.json() };
    };
    return { projectId, get, post };
  }
  type Customer = Awaited<ReturnType<typeof customer>>;

  /** All that can be seen of a file, its bytes with it. */
  async function stateOf({ get }: Customer, id: string) {
    const { url } = await get(`${id}/url`);
    const { pathname, search } = new URL(url);
    const response = await fetch(`${world.url}${pathname}${search}`);
    const bytes = Buffer.from(await response.arrayBuffer());
    const [status, type] = [response.status, response.headers.get('content-type')];
    return {
      view: await get(id),
      history: await get(`${id}/history`),
      status,
      type,
      sha256: hex(bytes),
    };
  }

  async function uploadWhole({ post }: Customer) {
    const bytes = randomBytes(50_000);
    const wish = { name: 'a.bin', size: bytes.length, type: 'application/octet-stream' };
    const { body: ticket } = await post('/api/upload-url', wish);
    const sent = { url: ticket.url, headers: ticket.headers, bytes };
    expect((await put(sent)).status).toBe(200);
    return { id: ticket.id as string, bytes, sent: [sent] };
  }

  async function uploadInParts({ post }: Customer) {
    const bytes = randomBytes(8 * MIB + 1000);
    const wish = { name: 'a.bin', size: bytes.length, type: 'application/octet-stream' };
    const { body: ticket } = await post('/api/upload-url', { ...wish, multipart: true });
    const { body: signed } = await post(ticket.url, { parts: [{ number: 1 }, { number: 2 }] });
    const sent: Sent[] = [];
    for (const { number, url, headers } of signed.parts) {
      const { partSize } = ticket.multipart;
      const part = bytes.subarray((number - 1) * partSize, number * partSize);
      sent.push({ url, headers, bytes: part });
      expect((await put({ url, headers, bytes: part })).status).toBe(200);
    }
    return { id: ticket.id as string, bytes, sent };
  }

  const rowOf = async (id: string) => {
    const [row] = await world.runtime.db.select().from(file).where(eq(file.id, id));
    if (row === undefined) throw new Error(`there is no file ${id}`);
    return row;
  };

  test.each([
    ['one PUT', uploadWhole],
    ['parts', uploadInParts],
  ] as const)(
    'a file that came in %s stays as it is, whatever is sent again',
    async (_name, upload) => {
      const mine = await customer();
      const { id, bytes, sent } = await upload(mine);
      expect((await mine.post('/api/upload-complete', { id })).body.status).toBe('ready');
      const before = await stateOf(mine, id);
      expect(before).toMatchObject({ view: { status: 'ready' }, status: 200, sha256: hex(bytes) });

      for (const one of sent)
        for (const body of [one.bytes, otherBytes(one.bytes)]) await put({ ...one, bytes: body });
      await mine.post('/api/upload-complete', { id });
      expect(await stateOf(mine, id)).toEqual(before);

      // Neither now nor when everything that can be cleared is cleared.
      await sweepFiles(world.jobContext(HOUR_MS));
      expect(await stateOf(mine, id)).toEqual(before);
      await reconcileStorage(world.jobContext(50 * HOUR_MS), null);
      expect(await stateOf(mine, id)).toEqual(before);
    },
    60_000,
  );

  test('what arrives late at the place of arrival is never the file, and is removed', async () => {
    const mine = await customer();
    const { id, sent } = await uploadWhole(mine);
    await mine.post('/api/upload-complete', { id });
    const { key, incomingKey } = await rowOf(id);
    const storage = world.runtime.storages.default;
    const [one] = sent;
    if (one === undefined) throw new Error('nothing was sent');
    const late = await put({ ...one, bytes: otherBytes(one.bytes) });
    if (incomingKey === null) {
      expect(late.status).toBe(412);
      return;
    }
    expect(one.url).not.toContain(key);
    expect(late.status).toBe(200);
    expect(await storage.head(incomingKey)).toMatchObject({ size: one.bytes.length });
    await reconcileStorage(world.jobContext(50 * HOUR_MS), null);
    expect(await storage.head(incomingKey)).toBeNull();
    expect(await storage.head(key)).not.toBeNull();
  });
});

import { createHash, randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refuses } from '../storage/contract/subject.contract.ts';
import type { TestTenant } from '../testing/index.ts';
import { type ServedSlipway, serveTestSlipway } from '../testing/serve.ts';
import { sweepFiles } from './sweep.ts';
import { file } from './table.ts';

const MIB = 1024 ** 2;
const BYTES = randomBytes(20 * MIB + 12_345);
const PART = 8 * MIB;
const parts = [1, 2, 3].map((number) => BYTES.subarray((number - 1) * PART, number * PART));
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

interface Ticket {
  id: string;
  key: string;
  url: string;
  method: string;
  multipart?: { partSize: number; partCount: number };
}
interface Session {
  status: string;
  parts: { number: number; size: number; sha256: string | null }[];
}

/**
 * Uploads in parts over real HTTP, from announcing to serving. `environment` says where files go; the
 * storage has to take uploads in parts.
 */
export function describeMultipart(place: string, environment: () => Record<string, string>): void {
  describe(`an upload in parts on ${place}`, () => suite(environment));
}

function suite(environment: () => Record<string, string>): void {
  let slipway: ServedSlipway;
  let tenant: TestTenant;
  let key: string;

  beforeAll(async () => {
    slipway = await serveTestSlipway(environment());
    tenant = await slipway.tenant();
    ({ key } = await slipway.project(tenant));
  });

  afterAll(() => slipway.close());

  async function api(path: string, body?: object): Promise<Response> {
    return fetch(`${slipway.url}/api${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
  const announce = async (change: object = {}) =>
    (await (
      await api('/upload-url', {
        name: 'film.bin',
        size: BYTES.length,
        type: 'application/octet-stream',
        multipart: true,
        ...change,
      })
    ).json()) as Ticket;
  const ask = (ticket: Ticket, body: object) =>
    fetch(ticket.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const session = async (ticket: Ticket) => (await (await fetch(ticket.url)).json()) as Session;
  const complete = (ticket: Ticket) => api('/upload-complete', { id: ticket.id });
  const errorOf = async (response: Response) =>
    ((await response.json()) as { error: { code: string; details?: unknown } }).error;

  async function send(ticket: Ticket, numbers: number[], digests = true): Promise<Response[]> {
    const wish = numbers.map((number) => ({
      number,
      ...(digests ? { sha256: sha256(parts[number - 1] ?? BYTES) } : {}),
    }));
    const answer = (await (await ask(ticket, { parts: wish })).json()) as {
      parts: { number: number; url: string; headers: Record<string, string> }[];
    };
    return Promise.all(
      answer.parts.map(({ number, url, headers }) =>
        fetch(url, { method: 'PUT', headers, body: new Uint8Array(parts[number - 1] ?? BYTES) }),
      ),
    );
  }

  test('is announced with the size of its parts, opens with the first of them, and gets ready', async () => {
    const ticket = await announce();
    expect(ticket).toMatchObject({ method: 'POST', multipart: { partSize: PART, partCount: 3 } });
    expect(await session(ticket)).toMatchObject({ status: 'pending', parts: [] });
    const sent = await send(ticket, [3, 1]);
    expect(sent.map(({ status }) => status)).toEqual([200, 200]);
    const early = await complete(ticket);
    expect(early.status).toBe(409);
    expect(await errorOf(early)).toMatchObject({
      code: 'object_missing',
      details: { missing: [2] },
    });
    expect(
      (await session(ticket)).parts.map(({ number, sha256: digest }) => [number, digest]),
    ).toEqual([1, 3].map((number) => [number, sha256(parts[number - 1] ?? BYTES)]));
    await send(ticket, [2]);
    const done = await complete(ticket);
    expect(done.status).toBe(200);
    const composite = sha256(Buffer.concat(parts.map((part) => Buffer.from(sha256(part), 'hex'))));
    expect(await done.json()).toMatchObject({
      status: 'ready',
      checksum: `sha256-parts:${PART}:${composite}`,
    });
    const { url } = (await (await api(`/files/${ticket.id}/url`)).json()) as { url: string };
    const stored = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(sha256(stored)).toBe(sha256(BYTES));
    const history = (await (await api(`/files/${ticket.id}/history`)).json()) as {
      data: { to: string; reason: string }[];
    };
    expect(history.data.map(({ to, reason }) => [to, reason])).toEqual([
      ['pending', 'announced'],
      ['verifying', 'bytes_arrived'],
      ['ready', 'verified'],
    ]);
  });

  test('takes nothing more once it is ready: every URL that its client ever got is void', async () => {
    const ticket = await announce();
    const wish = {
      parts: [1, 2, 3].map((number) => ({ number, sha256: sha256(parts[number - 1] ?? BYTES) })),
    };
    const { parts: urls } = (await (await ask(ticket, wish)).json()) as {
      parts: { number: number; url: string; headers: Record<string, string> }[];
    };
    for (const { number, url, headers } of urls) {
      const body = new Uint8Array(parts[number - 1] ?? BYTES);
      expect((await fetch(url, { method: 'PUT', headers, body })).status).toBe(200);
    }
    expect((await complete(ticket)).status).toBe(200);
    for (const { number, ...grant } of urls)
      expect(await refuses({ ...grant, method: 'PUT' }, parts[number - 1] ?? BYTES)).toBe(true);
    expect((await ask(ticket, { parts: [{ number: 1 }] })).status).toBe(409);
    expect((await fetch(ticket.url, { method: 'DELETE' })).status).toBe(409);
    expect(await session(ticket)).toMatchObject({ status: 'ready' });
    expect(await (await complete(ticket)).json()).toMatchObject({ status: 'ready' });
    const { url } = (await (await api(`/files/${ticket.id}/url`)).json()) as { url: string };
    const stored = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(sha256(stored)).toBe(sha256(BYTES));
  });

  test('without digests of its parts it is read back, and still has one', async () => {
    const ticket = await announce();
    await send(ticket, [1, 2, 3], false);
    expect(await (await complete(ticket)).json()).toMatchObject({
      status: 'ready',
      sha256: sha256(BYTES),
      checksum: null,
    });
  });

  test('a digest of the whole that is another is no file', async () => {
    const ticket = await announce({ sha256: 'ab'.repeat(32) });
    await send(ticket, [1, 2, 3]);
    const refused = await complete(ticket);
    expect(refused.status).toBe(422);
    expect((await errorOf(refused)).code).toBe('digest_mismatch');
  });

  test('is given up by its client, and leaves nothing at the storage', async () => {
    const ticket = await announce();
    await send(ticket, [1]);
    expect((await fetch(ticket.url, { method: 'DELETE' })).status).toBe(204);
    expect(await session(ticket)).toMatchObject({ status: 'deleted', parts: [] });
    expect((await ask(ticket, { parts: [{ number: 2 }] })).status).toBe(409);
    expect((await errorOf(await complete(ticket))).code).toBe('file_deleted');
    const later = new Date(Date.now() + 30 * 86_400_000);
    await sweepFiles({ ...tenant.ctx, now: () => later });
    for await (const open of tenant.ctx.storages.default.listMultiparts())
      expect(open.key).not.toBe(ticket.key);
  });

  test('that nobody completes is completed by the sweeper', async () => {
    const ticket = await announce();
    await send(ticket, [1, 2, 3]);
    const soon = new Date(Date.now() + 60_000);
    await sweepFiles({ ...tenant.ctx, now: () => soon });
    const [row] = await tenant.ctx.db.select().from(file).where(eq(file.id, ticket.id));
    expect(row?.status).toBe('ready');
  });

  test('a changed address, or one of another upload, opens nothing', async () => {
    const [mine, other] = [await announce(), await announce()];
    expect((await fetch(mine.url.replace(mine.id, other.id))).status).toBe(403);
    expect((await fetch(`${mine.url}x`)).status).toBe(403);
    expect((await fetch(mine.url.split('?')[0] ?? '')).status).toBe(400);
  });

  test.each([
    ['no part', { parts: [] }],
    ['a part beyond the last', { parts: [{ number: 4 }] }],
    ['a part twice', { parts: [{ number: 1 }, { number: 1 }] }],
    [
      'a digest for one part only',
      { parts: [{ number: 1, sha256: 'ab'.repeat(32) }, { number: 2 }] },
    ],
  ])('asking for %s is answered with what was expected', async (_, body) => {
    const refused = await ask(await announce(), body);
    expect(refused.status).toBe(400);
    expect((await errorOf(refused)).code).toBe('validation_failed');
  });

  test('a part with other bytes than its digest never becomes part of a file, and only it is sent again', async () => {
    const ticket = await announce();
    await send(ticket, [2, 3]);
    const { verifiesParts } = await tenant.ctx.storages.default.capabilities();
    const wish = { parts: [{ number: 1, sha256: sha256(parts[0] ?? BYTES) }] };
    const answer = (await (await ask(ticket, wish)).json()) as {
      parts: { url: string; headers: Record<string, string> }[];
    };
    const [grant] = answer.parts;
    const flipped = new Uint8Array(parts[0] ?? BYTES);
    flipped[5] = (flipped[5] ?? 0) ^ 4;
    const init = { method: 'PUT', headers: grant?.headers ?? {}, body: flipped };
    const { status } = await fetch(grant?.url ?? '', init);
    if (verifiesParts) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect((await session(ticket)).parts.map(({ number }) => number)).toEqual([2, 3]);
    } else {
      const early = await complete(ticket);
      expect(await errorOf(early)).toMatchObject({ details: { missing: [1] } });
    }
    await send(ticket, [1]);
    expect((await complete(ticket)).status).toBe(200);
  });
}

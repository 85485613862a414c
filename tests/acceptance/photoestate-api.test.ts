import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeBracket } from '@repo/engine/test-pictures';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Photographer,
  photoestateUrl,
  signUpPhotographer,
  waitFor,
} from './photoestate-account.ts';

const run = promisify(execFile);
const example = join(import.meta.dirname, '../../examples/photoestate/enhance.mjs');
const folder = mkdtempSync(join(tmpdir(), 'photoestate-example-'));
const ROOM = { width: 480, height: 320 };

/** What the webhook was told, unread. */
const told: { headers: IncomingHttpHeaders; body: string }[] = [];
/** What lies on "the internet". */
const served = new Map<string, Uint8Array>();
let server: Server;
let origin: string;
let pat: Photographer;
/** For a server that does everything. */
let key: string;
/** For the example: no more than it needs. */
let exampleKey: string;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const picture = served.get(request.url ?? '');
    if (request.method === 'GET')
      return void response
        .writeHead(picture ? 200 : 404, { 'content-type': 'image/jpeg' })
        .end(picture);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    told.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(204).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  pat = await signUpPhotographer();
  const organizationId = (await pat.query('session.me')).body.organizations[0].id;
  const keyFor = async (...scopes: string[]): Promise<string> =>
    (await pat.mutate('apiKey.create', { organizationId, name: 'Example', scopes })).body.key;
  key = await keyFor('admin');
  exampleKey = await keyFor('read', 'write', 'enhance');
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function api(method: string, path: string, body?: object) {
  const response = await fetch(`${photoestateUrl()}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

/** On disk, by their paths. */
async function frames(evs: number[], seed: number, more: object = {}): Promise<string[]> {
  const pictures = await makeBracket({ evs, seed, ...ROOM, ...more });
  mkdirSync(join(folder, String(seed)), { recursive: true });
  return pictures.map(({ name, bytes }) => {
    const path = join(folder, String(seed), name);
    writeFileSync(path, bytes);
    return path;
  });
}

interface Made {
  id: string;
  verdict: string;
  why: string[];
}

/** What the example printed of each finished photo is what the API tells, with figures in the units that it names. */
async function qualityIsTold(made: readonly Made[]): Promise<void> {
  const { components } = await (await fetch(`${photoestateUrl()}/api/v1/openapi.json`)).json();
  const described: Record<string, { description: string }> =
    components.schemas.QualityFigures.properties;
  for (const { id, verdict, why } of made) {
    const { quality, review } = (await api('GET', `/enhancements/${id}`)).body;
    expect(quality).toMatchObject({ verdict, reasons: why.map((message) => ({ message })) });
    expect([verdict, review?.state]).toEqual(
      why.length === 0 ? ['good', undefined] : ['doubtful', 'flagged'],
    );
    expect(Object.keys(quality.figures)).toEqual(Object.keys(described));
    const { sharpness, noise, clippedHighlights, structureKept, ghosts } = quality.figures;
    expect(sharpness).toBeGreaterThan(1);
    for (const levels of [sharpness, noise]) expect(levels).toBeLessThan(255);
    for (const share of [clippedHighlights, structureKept, ghosts]) {
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThanOrEqual(1);
    }
  }
}

test('the example takes a shoot to finished photos, and a webhook is told of each and of the end', async () => {
  const { body: webhook } = await api('POST', '/webhooks', { url: `${origin}/hooks` });
  expect(webhook.secret).toMatch(/^whsec_/);
  const bracket = await frames([0, -2, 2], 61);
  const later = { startAt: new Date('2026-05-01T12:00:00Z') };
  const [garden = ''] = await frames([0], 62, later);
  const [pool] = await makeBracket({
    evs: [0],
    seed: 63,
    ...ROOM,
    startAt: new Date('2026-05-01T14:00:00Z'),
  });
  served.set('/pool.jpg', pool?.bytes ?? new Uint8Array());
  // Of another size: who says that they are one scene is told that they cannot be.
  const [odd = ''] = await frames([0], 64, {
    width: 360,
    height: 320,
    startAt: new Date('2026-05-01T16:00:00Z'),
  });
  const results = join(folder, 'results');
  const { stdout } = await run(
    process.execPath,
    [
      example,
      '7 Harbour View',
      results,
      bracket.join(','),
      `${origin}/pool.jpg`,
      `${garden},${odd}`,
    ],
    { env: { ...process.env, PHOTOESTATE_URL: photoestateUrl(), PHOTOESTATE_API_KEY: exampleKey } },
  );
  const made = JSON.parse(stdout);
  const byStatus = (status: string) =>
    made.results.filter((one: { status: string }) => one.status === status);
  expect(byStatus('done')).toMatchObject([ROOM, ROOM]);
  await qualityIsTold(byStatus('done'));
  expect(byStatus('failed')).toMatchObject([{ reason: expect.stringContaining('same size') }]);
  // Numbered in the order of the shoot: the second scene is the one that failed.
  expect(readdirSync(results).sort()).toEqual(['7-harbour-view-01.jpg', '7-harbour-view-03.jpg']);

  const events = await waitFor(
    'the webhooks',
    async () => told.map(({ body }) => JSON.parse(body)),
    (found) => found.some(({ type }) => type === 'order.done'),
  );
  expect(events.map(({ type }) => type).sort()).toEqual([
    'enhancement.completed',
    'enhancement.completed',
    'enhancement.failed',
    'order.done',
  ]);
  // In the listing's order, so the end comes last.
  expect(events.at(-1)).toMatchObject({
    type: 'order.done',
    data: { order: { listingId: made.listingId, done: 2, failed: 1, cancelled: 0 } },
  });
  const failed = events.find(({ type }) => type === 'enhancement.failed');
  expect(failed.data.enhancement.failure).toMatchObject({
    reason: expect.stringContaining('same size'),
    retryable: false,
  });
  // Read by a library of others, which knows the secret alone; one letter more, and it refuses.
  for (const { headers, body } of told) {
    const reader = new Webhook(webhook.secret);
    const signed = headers as Record<string, string>;
    expect(reader.verify(body, signed)).toEqual(JSON.parse(body));
    expect(() => reader.verify(`${body} `, signed)).toThrow();
  }
  // Two were paid; what failed gave its credit back.
  const { body: credits } = await api('GET', '/credits/ledger');
  const of = (kind: string) => credits.data.filter((one: { kind: string }) => one.kind === kind);
  expect([of('reserve').length, of('settle').length, of('release').length]).toEqual([3, 2, 1]);
});

test.each([
  ['an address inside', 'http://169.254.169.254/latest/meta-data/photo.jpg', 'source_refused'],
  ['one that is written in another way', 'http://0xa9fea9fe/photo.jpg', 'source_refused'],
])('%s is not fetched, and says so', async (_name, url, reason) => {
  const { body: listing } = await api('POST', '/listings', { address: '9 Inside Lane' });
  const { status, body } = await api('POST', `/listings/${listing.id}/photos/from-url`, { url });
  expect([status, body.error?.code, body.error?.details]).toEqual([
    422,
    'upload_refused',
    { reason },
  ]);
  expect(body.error.docs).toBe(`${photoestateUrl()}/docs/errors/upload_refused`);
  expect((await fetch(body.error.docs)).status).toBe(200);
});

test('what is no photo is refused by the storage, whatever address it comes from', async () => {
  served.set('/notes.jpg', Buffer.from('these are notes, and nothing that a camera made'));
  const { body: listing } = await api('POST', '/listings', { address: '11 Notes Road' });
  const photos = `/listings/${listing.id}/photos`;
  const asked = await api('POST', `${photos}/from-url`, { url: `${origin}/notes.jpg` });
  expect(asked.status).toBe(202);
  const answer = await waitFor(
    'the verdict',
    () => api('POST', `${photos}/${asked.body.uploadId}/complete`),
    ({ status }) => status !== 202,
  );
  expect([answer.status, answer.body.error.code]).toEqual([422, 'upload_refused']);
  expect((await api('GET', photos)).body.data).toEqual([]);
});

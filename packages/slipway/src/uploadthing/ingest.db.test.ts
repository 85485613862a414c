import { createHash, createHmac, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { file } from '../file/table.ts';
import type { ServedSlipway } from '../testing/serve.ts';
import { createUploadthingKey } from './create-key.ts';
import { revokeUploadthingKey } from './revoke-key.ts';
import { put, rangeStart } from './testing/client.ts';
import { serveForApps, type UploadthingProject, uploadthingProject } from './testing/world.ts';

let slipway: ServedSlipway;
let app: UploadthingProject;
const bytes = randomBytes(2_000_000);
const blob = new Blob([bytes]);
const md5 = createHash('md5').update(bytes).digest('hex');

beforeAll(async () => {
  slipway = await serveForApps();
  app = await uploadthingProject(slipway);
});
afterAll(() => slipway.close());

/** As the SDK does it, written anew from its rules. */
function sign(params: Record<string, string | number> = {}, by: Partial<UploadthingProject> = {}) {
  const { apiKey, projectId } = { ...app, ...by };
  const key = String(params['key'] ?? randomBytes(24).toString('hex'));
  const url = new URL(`${app.variables.UPLOADTHING_INGEST_URL}/${key}`);
  url.searchParams.append('expires', String(params['expires'] ?? Date.now() + 60_000));
  const data = {
    'x-ut-identifier': projectId,
    'x-ut-file-name': 'a.bin',
    'x-ut-file-size': bytes.length,
    'x-ut-file-type': 'application/octet-stream',
    ...params,
  };
  for (const [name, value] of Object.entries(data)) {
    if (name.startsWith('x-ut-')) url.searchParams.append(name, encodeURIComponent(value));
  }
  const signature = createHmac('sha256', apiKey).update(url.href).digest('hex');
  url.searchParams.append('signature', `hmac-sha256=${signature}`);
  return { url: url.href, key };
}

const filesOf = (projectId: string) =>
  slipway.runtime.db.select().from(file).where(eq(file.projectId, projectId));
const codeOf = async (answer: Response) => [answer.status, (await answer.json()).error.code];

/** Sends this many bytes of the form, then breaks the connection. */
function cutPut(url: string, most: number): Promise<void> {
  const boundary = 'cut';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n`;
  return new Promise((resolve) => {
    const sending = request(url, {
      method: 'PUT',
      headers: { range: 'bytes=0-', 'content-type': `multipart/form-data; boundary=${boundary}` },
    });
    sending.on('error', () => undefined);
    sending.write(head);
    sending.write(bytes.subarray(0, most), () =>
      setTimeout(() => {
        sending.destroy();
        resolve();
      }, 100),
    );
  });
}

test('what was cut goes on where it was', async () => {
  const { url } = sign();
  expect(await rangeStart(url)).toBe(0);
  let start = 0;
  // A slow machine may not have read a byte before the connection broke.
  while (start === 0) {
    await cutPut(url, 1_200_000);
    start = await rangeStart(url);
  }
  expect(start).toBeLessThanOrEqual(1_200_000);
  // From anywhere else it does not.
  expect(await codeOf(await put(url, blob, 0))).toEqual([409, 'offset_mismatch']);
  expect(await codeOf(await put(url, blob, start + 1))).toEqual([409, 'offset_mismatch']);
  const answer = await put(url, blob, start);
  expect(answer.status).toBe(200);
  const { fileHash, ufsUrl, serverData } = await answer.json();
  expect([fileHash, serverData]).toEqual([md5, null]);
  const served = Buffer.from(await (await fetch(ufsUrl)).arrayBuffer());
  expect(served.equals(bytes)).toBe(true);
  // Whoever did not hear the answer asks for it, with nothing more to send.
  expect(await rangeStart(url)).toBe(bytes.length);
  expect(await (await put(url, blob, bytes.length)).json()).toMatchObject({ fileHash, ufsUrl });
});

test('a file comes once: not again, not by another URL, not twice at the same time', async () => {
  const { url, key } = sign();
  const both = await Promise.all([put(url, blob), put(url, blob)]);
  const statuses = both.map(({ status }) => status).sort((a, b) => a - b);
  expect(statuses[0]).toBe(200);
  expect([409, 423]).toContain(statuses[1]);
  expect(await codeOf(await put(url, new Blob([randomBytes(bytes.length)])))).toEqual([
    409,
    'upload_closed',
  ]);
  const taken = await put(sign({ key }).url, blob);
  expect(await taken.clone().json()).toMatchObject({
    error: { message: expect.stringContaining(`has the key "${key}" already`) },
  });
  expect(await codeOf(taken)).toEqual([409, 'file_key_taken']);
  const same = await filesOf(app.projectId);
  expect(same.filter(({ createdAt }) => createdAt.getTime() > 0)).toHaveLength(2);
  const stored = Buffer.from(
    await (await fetch(`${slipway.url}/a/${app.projectId}/${key}`)).arrayBuffer(),
  );
  expect(stored.equals(bytes)).toBe(true);
});

test('a stranger sends nothing', async () => {
  const other = await uploadthingProject(slipway);
  const before = await filesOf(app.projectId);
  const { url } = sign();
  const invalid = [403, 'url_invalid'];
  const last = url.at(-1) === '0' ? '1' : '0';
  const attempts: [string, unknown[]][] = [
    [url.slice(0, -1) + last, invalid],
    [url.replace('x-ut-file-size=2000000', 'x-ut-file-size=2000001'), invalid],
    [url.replace('a.bin', 'b.bin'), invalid],
    [url.replace('/ingest/', '/ingest/x'), invalid],
    [`${url}&x-ut-acl=public-read`, invalid],
    [url.replace('&signature=', '&x-ut-acl=private&signature='), invalid],
    [url.replace(/&signature=.*/, ''), invalid],
    [url.replace(app.projectId, other.projectId), invalid],
    // A key is good for its own project.
    [sign({}, { apiKey: other.apiKey }).url, invalid],
    [sign({}, { projectId: 'prj_nobody' }).url, invalid],
    [sign({}, { apiKey: '' }).url, invalid],
    [sign({ expires: Date.now() - 1 }).url, [403, 'url_expired']],
    [sign({ expires: 'never' }).url, [403, 'url_expired']],
  ];
  for (const [address, expected] of attempts)
    expect(await codeOf(await put(address, blob)), address).toEqual(expected);
  expect(await filesOf(app.projectId)).toHaveLength(before.length);
  expect(await filesOf(other.projectId)).toHaveLength(0);
});

test('other bytes than were announced are no file', async () => {
  const shorter = sign({ 'x-ut-file-size': bytes.length + 1 });
  expect(await codeOf(await put(shorter.url, blob))).toEqual([422, 'size_mismatch']);
  const longer = sign({ 'x-ut-file-size': 10 });
  expect((await put(longer.url, new Blob(['eleven byte'])).catch(() => null))?.status).not.toBe(
    200,
  );
  for (const { key } of [shorter, longer])
    expect((await fetch(`${slipway.url}/a/${app.projectId}/${key}`)).status).toBe(404);
  const bad = await put(sign({ 'x-ut-file-size': 'many' }).url, blob);
  expect(await codeOf(bad)).toEqual([400, 'validation_failed']);
});

test('the project’s rules are asked before a byte is stored', async () => {
  const strict = await uploadthingProject(slipway, {
    allowedTypes: ['image/*'],
    maxSize: 1_000_000,
    maxFiles: 1,
  });
  const small = (type: string) => ({ 'x-ut-file-size': 4, 'x-ut-file-type': type });
  const send = async (params: Record<string, string | number>, body = new Blob(['abcd'])) =>
    codeOf(await put(sign(params, strict).url, body));
  expect(await send(small('text/plain'))).toEqual([422, 'file_type_not_allowed']);
  expect(await send({ ...small('image/png'), 'x-ut-file-size': 2_000_000 })).toEqual([
    422,
    'file_too_large',
  ]);
  expect(await filesOf(strict.projectId)).toHaveLength(0);
});

test('a key that has a successor works until the overlap is over; a revoked one not for a moment', async () => {
  const project = await uploadthingProject(slipway);
  const { ctx } = project.tenant;
  const { projectId } = project;
  const small = { 'x-ut-file-size': 4 };
  const send = async (apiKey: string) =>
    (await put(sign(small, { ...project, apiKey }).url, new Blob(['abcd']))).status;
  const keyIn = (token: string): string =>
    JSON.parse(Buffer.from(token, 'base64').toString()).apiKey;
  const next = await createUploadthingKey(ctx, { projectId, overlapHours: 1 });
  const nextKey = keyIn(next.variables.UPLOADTHING_TOKEN);
  expect([await send(project.apiKey), await send(nextKey)]).toEqual([200, 200]);
  const last = await createUploadthingKey(ctx, { projectId, overlapHours: 0 });
  const lastKey = keyIn(last.variables.UPLOADTHING_TOKEN);
  // The first one keeps its hour.
  expect([await send(project.apiKey), await send(nextKey), await send(lastKey)]).toEqual([
    200, 403, 200,
  ]);
  await revokeUploadthingKey(ctx, { projectId, keyId: last.id });
  expect(await send(lastKey)).toBe(403);
  // They are sealed, and open nothing else.
  const { rows } = await slipway.runtime.db.execute('select * from uploadthing_key');
  for (const key of [project.apiKey, nextKey, lastKey])
    expect(JSON.stringify(rows)).not.toContain(key);
  const rest = await fetch(`${slipway.url}/api/files`, {
    headers: { authorization: `Bearer ${project.apiKey}` },
  });
  expect(rest.status).toBe(401);
});

test('a browser of any origin may send, and hears where to go on', async () => {
  const { url } = sign();
  const asked = await fetch(url, {
    method: 'OPTIONS',
    headers: {
      origin: 'https://app.example.com',
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'range,x-uploadthing-version,b3,traceparent',
    },
  });
  expect(asked.status).toBe(204);
  expect(asked.headers.get('access-control-allow-methods')).toContain('PUT');
  expect(asked.headers.get('access-control-allow-headers')).toContain('traceparent');
  const head = await fetch(url, { method: 'HEAD', headers: { origin: 'https://a.example' } });
  expect(head.headers.get('access-control-allow-origin')).toBe('*');
  expect(head.headers.get('access-control-expose-headers')).toContain('x-ut-range-start');
});

test('guessing at keys ends soon, and those that are known go on', async () => {
  const ask = async (key: string) => {
    const { UPLOADTHING_API_URL: api } = app.variables;
    const headers = { 'x-uploadthing-api-key': key };
    return (await fetch(`${api}/v6/getUsageInfo`, { method: 'POST', headers })).status;
  };
  expect(await ask(app.apiKey)).toBe(200);
  const guesses = await Promise.all(
    Array.from({ length: 120 }, (_, index) => ask(`sk_live_ut_${index}`)),
  );
  expect(guesses).toContain(401);
  expect(await ask('sk_live_ut_again')).toBe(429);
  expect(await ask(app.apiKey)).toBe(200);
});

import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { startFauxqs } from 'fauxqs';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { completeUpload, requestUpload } from '../file/index.ts';
import { createHttp } from '../http.ts';
import { createS3Client } from '../storage/s3/client.ts';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';

let server: Awaited<ReturnType<typeof startFauxqs>>;
let slipway: TestSlipway;
let tenant: TestTenant;
let projectId: string;

/** A bucket: no page may read it, and this server may. */
beforeAll(async () => {
  server = await startFauxqs({ port: 0, logger: false });
  const endpoint = `http://127.0.0.1:${server.port}`;
  const keys = { accessKeyId: 'test', secretAccessKey: 'test' };
  const place = { bucket: 'files', endpoint, region: 'us-east-1', forcePathStyle: true };
  await createS3Client({ ...place, ...keys }).send(new CreateBucketCommand({ Bucket: 'files' }));
  slipway = await startTestSlipway({
    S3_BUCKET: 'files',
    S3_ENDPOINT: endpoint,
    S3_ACCESS_KEY_ID: keys.accessKeyId,
    S3_SECRET_ACCESS_KEY: keys.secretAccessKey,
  });
  tenant = await slipway.tenant();
  ({ id: projectId } = await slipway.project(tenant));
});

afterAll(async () => {
  await slipway.close();
  await server.stop();
});

const app = () => createHttp(slipway.runtime, { stopping: false });

async function cookieOf({ ctx }: TestTenant): Promise<string> {
  const email = ctx.actor.type === 'user' ? ctx.actor.email : '';
  const answer = await app().request(
    '/api/auth/sign-in/email',
    {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: slipway.runtime.env.SLIPWAY_URL },
      body: JSON.stringify({ email, password: 'correct horse' }),
    },
    {},
  );
  return answer.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
}

async function ready(name: string, type: string, bytes: Uint8Array<ArrayBuffer>) {
  const upload = { name, size: bytes.length, type };
  const ticket = await requestUpload(tenant.ctx, { projectId, upload });
  await fetch(ticket.url, { method: 'PUT', headers: ticket.headers, body: bytes });
  return completeUpload(tenant.ctx, { projectId, upload: { id: ticket.id } });
}

const get = (path: string, headers: Record<string, string>) =>
  app().request(`/api/download/files/${path}`, { headers }, {});

const PAGE = '<!doctype html><script>top.pwned = true</script>';

test('a member’s script reads the bytes; a browser neither shows nor runs them', async () => {
  const cookie = await cookieOf(tenant);
  const { id } = await ready('a.html', 'text/html', new TextEncoder().encode(PAGE));
  const answer = await get(`${id}/content`, { cookie, 'sec-fetch-site': 'same-origin' });
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe(PAGE);
  expect(answer.headers.get('content-type')).toBe('application/octet-stream');
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment;/);
  expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  const part = await get(`${id}/content`, { cookie, range: 'bytes=0-8' });
  expect(part.status).toBe(206);
  expect(part.headers.get('content-range')).toBe(`bytes 0-8/${PAGE.length}`);
  expect(await part.text()).toBe('<!doctype');
});

test('a private picture is shown small, to a member alone', async () => {
  const cookie = await cookieOf(tenant);
  const create = { width: 640, height: 480, channels: 3, background: '#c86432' } as const;
  const jpeg = await sharp({ create }).jpeg().toBuffer();
  const { id } = await ready('a.jpg', 'image/jpeg', new Uint8Array(jpeg));
  const answer = await get(`${id}/thumbnail`, { cookie });
  expect(answer.status).toBe(200);
  expect((await sharp(Buffer.from(await answer.arrayBuffer())).metadata()).width).toBe(320);
  expect(answer.headers.get('cache-control')).toBe('private, max-age=3600');
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
  const { id: words } = await ready('a.txt', 'text/plain', new TextEncoder().encode('words'));
  expect((await get(`${words}/thumbnail`, { cookie })).status).toBe(422);
});

test('nobody else gets them', async () => {
  const { id } = await ready('a.txt', 'text/plain', new TextEncoder().encode('words'));
  const upload = { name: 'b.txt', size: 5, type: 'text/plain' };
  const { id: pending } = await requestUpload(tenant.ctx, { projectId, upload });
  const cookie = await cookieOf(tenant);
  const stranger = await cookieOf(await slipway.tenant());
  for (const kind of ['content', 'thumbnail']) {
    expect((await get(`${id}/${kind}`, {})).status, kind).toBe(401);
    const foreign = await get(`${id}/${kind}`, { cookie: stranger });
    const missing = await get(`file_${'a'.repeat(22)}/${kind}`, { cookie: stranger });
    expect([foreign.status, missing.status], kind).toEqual([404, 404]);
    // A page of another site, though the browser sent the cookie with it.
    for (const from of ['cross-site', 'same-site'])
      expect((await get(`${id}/${kind}`, { cookie, 'sec-fetch-site': from })).status).toBe(403);
    expect((await get(`${pending}/${kind}`, { cookie })).status, kind).toBe(409);
  }
});

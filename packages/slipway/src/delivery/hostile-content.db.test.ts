import { once } from 'node:events';
import { createServer } from 'node:http';
import { AppError } from '@repo/foundation/errors';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { completeUpload, getFileUrl, requestUpload } from '../file/index.ts';
import { createHttp } from '../http.ts';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';
import { svgPayloads } from './testing/svg-payloads.ts';

let slipway: TestSlipway;
let tenant: TestTenant;
let projectId: string;
let jpeg: Buffer;
let calls = 0;
const canary = createServer((_, response) => {
  calls += 1;
  response.end('<svg xmlns="http://www.w3.org/2000/svg"/>');
});

beforeAll(async () => {
  canary.listen(0, '127.0.0.1');
  await once(canary, 'listening');
  slipway = await startTestSlipway();
  tenant = await slipway.tenant();
  ({ id: projectId } = await slipway.project(tenant, { visibility: 'public' }));
  const picture = { width: 64, height: 48, channels: 3, background: '#c86432' } as const;
  jpeg = await sharp({ create: picture }).jpeg().toBuffer();
});

afterAll(async () => {
  canary.close();
  await slipway.close();
});

async function store(name: string, type: string, bytes: Buffer) {
  const upload = { name, size: bytes.length, type };
  const { id, key } = await requestUpload(tenant.ctx, { projectId, upload });
  await slipway.putBytes({ key, bytes, type });
  return completeUpload(tenant.ctx, { projectId, upload: { id } });
}

const get = (url: string) => createHttp(slipway.runtime, { stopping: false }).request(url, {}, {});

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'no error',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

/** Whatever is in it, a browser saves it, guesses nothing and runs nothing. */
function expectHarmless(answer: Response): void {
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment;/);
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  const policy = answer.headers.get('content-security-policy')?.split('; ') ?? [];
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain('sandbox');
  expect(policy.some((rule) => rule.startsWith('script-src'))).toBe(false);
  expect(answer.headers.get('set-cookie')).toBeNull();
}

test('an SVG is only ever saved, and nobody here reads what it asks for', async () => {
  const address = canary.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const payloads = svgPayloads(`http://127.0.0.1:${port}/canary`);
  expect(payloads.length).toBeGreaterThanOrEqual(30);
  for (const [index, payload] of payloads.entries()) {
    const bytes = Buffer.from(payload);
    const { id, url } = await store(`${index}.svg`, 'image/svg+xml', bytes);
    const plain = await get(String(url));
    expectHarmless(plain);
    // As it came: nothing was resolved, expanded or rendered on the way.
    expect(Buffer.from(await plain.arrayBuffer())).toEqual(bytes);
    const signed = await getFileUrl(tenant.ctx, { projectId, fileId: id, query: {} });
    expectHarmless(await get(signed.url));
    const made = await get(`${url}?w=64&format=png`);
    expect(made.status).toBe(422);
    expect(await codeOf(store(`${index}.png`, 'image/png', bytes))).toBe('type_mismatch');
  }
  expect(calls).toBe(0);
});

test.each([
  ['a page', 'a.html', 'text/html', '<!doctype html><script>alert(1)</script>'],
  ['XHTML', 'a.xhtml', 'application/xhtml+xml', '<html xmlns="http://www.w3.org/1999/xhtml"/>'],
  ['XML', 'a.xml', 'application/xml', '<?xml version="1.0"?><a/>'],
  ['a script', 'a.js', 'text/javascript', 'alert(1)'],
  ['a style sheet', 'a.css', 'text/css', 'body { background: url(//x) }'],
  [
    'a PDF',
    'a.pdf',
    'application/pdf',
    '%PDF-1.7\n1 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj',
  ],
  ['nothing known', 'a', 'application/octet-stream', '<script>alert(1)</script>'],
])('%s is only ever saved', async (_, name, type, content) => {
  expectHarmless(await get(String((await store(name, type, Buffer.from(content))).url)));
});

test('a script is none here: neither of a page nor of a service worker', async () => {
  const { url } = await store('sw.js', 'text/javascript', Buffer.from('alert(1)'));
  expect((await get(String(url))).headers.get('content-type')).toBe('text/plain');
});

describe('what is two things at once', () => {
  const page = Buffer.from('<html><script>alert(1)</script></html>');
  // An empty archive that names a file which is none, as readers find it: from the end.
  const zip = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)]);

  test('a picture with a page or an archive behind it is a picture, and is shown as nothing else', async () => {
    for (const tail of [page, zip]) {
      const bytes = Buffer.concat([jpeg, tail]);
      const { url } = await store('a.jpg', 'image/jpeg', bytes);
      const answer = await get(String(url));
      expect(answer.headers.get('content-type')).toBe('image/jpeg');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('content-security-policy')).toContain('sandbox');
      // What is made from it has nothing of that.
      const made = await get(`${url}?w=64&format=jpeg`);
      const picture = Buffer.from(await made.arrayBuffer());
      expect((await sharp(picture).metadata()).format).toBe('jpeg');
      expect(picture.includes(tail.subarray(0, 4))).toBe(false);
      expect(picture.subarray(-2).toString('hex')).toBe('ffd9');
    }
  });

  test('with a page in its comment, too', async () => {
    const size = Buffer.alloc(2);
    size.writeUInt16BE(page.length + 2);
    const comment = Buffer.concat([Buffer.from([0xff, 0xfe]), size, page]);
    const bytes = Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]);
    const { url } = await store('a.jpg', 'image/jpeg', bytes);
    expect((await get(String(url))).headers.get('content-type')).toBe('image/jpeg');
    const made = await get(`${url}?w=64&format=jpeg`);
    expect(Buffer.from(await made.arrayBuffer()).includes('script')).toBe(false);
  });

  test.each([
    ['a picture', 'a.html', 'text/html', () => jpeg],
    [
      'an archive before a page',
      'a.html',
      'text/html',
      () => Buffer.concat([Buffer.from('PK\x03\x04'), page]),
    ],
    ['a page before a picture', 'a.jpg', 'image/jpeg', () => Buffer.concat([page, jpeg])],
    [
      'a GIF by its first letters',
      'a.gif',
      'image/gif',
      () => Buffer.concat([Buffer.from('GIF8'), page]),
    ],
  ])('%s does not become %s', async (_, name, type, bytes) => {
    expect(await codeOf(store(name, type, bytes()))).toBe('type_mismatch');
  });
});

test('no name leaves its header', async () => {
  const names = [
    'a"; filename="b.txt',
    "a'b.txt",
    'a%0d%0aSet-Cookie: x=1.txt',
    '\u202etxt.exe.txt',
    '🏠 Grüße.txt',
    `${'x'.repeat(508)}.txt`,
    '..',
    '.htaccess',
    'CON.txt',
  ];
  for (const name of names) {
    const { url, id } = await store(name, 'text/plain', Buffer.from('words'));
    const signed = await getFileUrl(tenant.ctx, {
      projectId,
      fileId: id,
      query: { download: name },
    });
    for (const address of [`${url}?download`, signed.url]) {
      const answer = await get(address);
      expect(answer.status).toBe(200);
      const disposition = answer.headers.get('content-disposition') ?? '';
      const [, plain, encoded] =
        /^attachment; filename="([^"\\]*)"; filename\*=UTF-8''([\w.~!%-]*)$/.exec(disposition) ??
        [];
      expect(plain, disposition).toBeDefined();
      expect(decodeURIComponent(encoded ?? '')).toBe(name);
      expect(answer.headers.get('set-cookie')).toBeNull();
    }
  }
  for (const name of ['a\r\nSet-Cookie: x=1', '../a', 'a/b', 'a\\b', 'a\0b', 'x'.repeat(513)])
    await expect(store(name, 'text/plain', Buffer.from('words'))).rejects.toThrow('expected');
});

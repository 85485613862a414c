import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { getFile } from '../file/get.ts';
import { file } from '../file/table.ts';
import type { ProjectRules } from '../project/schema.ts';
import { type ServedSlipway, serveTestSlipway } from '../testing/serve.ts';
import { appendBytes } from '../tus/append.ts';
import { fetchFile } from './fetch-file.ts';
import { fileSource } from './table.ts';
import { uploadFromUrl } from './upload-from-url.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const NOISE = randomBytes(300_000);
const ETAG = '"first"';
const hex = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** What users name: one loopback address is allowed to this Slipway, all others are not. */
const pages = new Map<string, (request: IncomingMessage, response: ServerResponse) => void>();
let asked: string[] = [];
const source = createServer((request, response) => {
  asked.push(request.url ?? '');
  const page = pages.get(request.url?.split('?')[0] ?? '');
  if (page === undefined) response.writeHead(404).end('no such page');
  else page(request, response);
});
/** Must never hear of anybody. */
let insideHits = 0;
const inside = createServer((_request, response) => {
  insideHits += 1;
  response.end('secret');
});

let slipway: ServedSlipway;
let at: string;
let insidePort: number;

beforeAll(async () => {
  await new Promise<void>((done) => source.listen(0, '127.0.0.1', done));
  await new Promise<void>((done) => inside.listen(0, '127.0.0.2', done));
  at = `http://127.0.0.1:${(source.address() as AddressInfo).port}`;
  insidePort = (inside.address() as AddressInfo).port;
  slipway = await serveTestSlipway({ ALLOW_PRIVATE_TARGETS: '127.0.0.1/32', SLIPWAY_ROLE: 'api' });
});
afterAll(async () => {
  await slipway?.close();
  source.closeAllConnections();
  source.close();
  inside.close();
});
beforeEach(() => {
  pages.clear();
  asked = [];
  pages.set('/dot.png', (_request, response) => {
    response.writeHead(200, { 'content-type': 'image/png', 'content-length': PNG.length }).end(PNG);
  });
});

async function project(rules: Partial<ProjectRules> = {}) {
  const tenant = await slipway.tenant();
  const { id, key } = await slipway.project(tenant, rules);
  return { ctx: tenant.ctx, projectId: id, key };
}
type Place = Awaited<ReturnType<typeof project>>;

const announce = (
  { ctx, projectId }: Place,
  upload: Parameters<typeof uploadFromUrl>[1]['upload'],
) => uploadFromUrl(ctx, { projectId, upload });

/** The job, as the queue runs it. */
const fetched = async ({ ctx, projectId }: Place, fileId: string, lastAttempt = true) => {
  const { signal } = new AbortController();
  await fetchFile(ctx, { fileId }, { lastAttempt, signal });
  return getFile(ctx, { projectId, fileId });
};
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing thrown',
    (error: { code?: string }) => error.code,
  );

describe('a file from an address', () => {
  test('becomes ready with what the source says and shows, and its address is forgotten', async () => {
    const place = await project();
    const { ctx } = place;
    const announced = await announce(place, {
      url: `${at}/dot.png?token=secret`,
      metadata: { album: 7 },
      customId: 'dot',
    });
    expect(announced).toMatchObject({ status: 'pending', name: 'dot.png', type: 'image/png' });
    const done = await fetched(place, announced.id);
    expect(done).toMatchObject({
      ...{ status: 'ready', sha256: hex(PNG), size: PNG.length, customId: 'dot' },
      metadata: { album: 7 },
    });
    const kept = await ctx.db.select().from(fileSource).where(eq(fileSource.fileId, announced.id));
    expect(kept).toEqual([]);
    // Once more changes nothing: queues deliver at least once.
    expect(await fetched(place, announced.id)).toEqual(done);
  });

  test('of unknown length, behind redirects, with a name and a type of its own', async () => {
    const place = await project();
    pages.set('/a', (_request, response) => void response.writeHead(302, { location: '/b' }).end());
    pages.set('/b', (_request, response) => void response.writeHead(307, { location: '/c' }).end());
    pages.set('/c', (_request, response) => {
      response.writeHead(200, {
        'content-disposition': `attachment; filename*=UTF-8''f%C3%BCr.png`,
      });
      response.write(PNG.subarray(0, 20));
      response.end(PNG.subarray(20));
    });
    const announced = await announce(place, { url: `${at}/a` });
    expect(announced).toMatchObject({ name: 'für.png', type: 'image/png' });
    expect(await fetched(place, announced.id)).toMatchObject({ status: 'ready', sha256: hex(PNG) });
  });

  test('goes on where it stopped, and only with the same bytes', async () => {
    const serve = (etag: string, ranges: boolean) => {
      pages.set('/noise.bin', ({ headers }, response) => {
        const start = ranges ? Number(/bytes=(\d+)-/.exec(headers.range ?? '')?.[1] ?? 0) : 0;
        const isRest = start > 0 && headers['if-range'] === etag;
        const bytes = isRest ? NOISE.subarray(start) : NOISE;
        const range = `bytes ${start}-${NOISE.length - 1}/${NOISE.length}`;
        response
          .writeHead(isRest ? 206 : 200, {
            ...{ etag, 'content-length': bytes.length },
            ...(isRest && { 'content-range': range }),
          })
          .end(bytes);
      });
    };
    const half = async (place: Place) => {
      const { id } = await announce(place, { url: `${at}/noise.bin` });
      const body = NOISE.subarray(0, 100_000);
      const { Readable } = await import('node:stream');
      const none = { length: undefined, contentLength: undefined, checksum: undefined };
      await appendBytes(place.ctx, { fileId: id, offset: 0, body: Readable.from([body]), ...none });
      return id;
    };
    for (const ranges of [true, false]) {
      serve(ETAG, ranges);
      const place = await project();
      const done = await fetched(place, await half(place));
      expect(done).toMatchObject({ status: 'ready', sha256: hex(NOISE) });
    }
    const place = await project();
    serve(ETAG, true);
    const id = await half(place);
    serve('"second"', true);
    expect(await fetched(place, id)).toMatchObject({ status: 'failed' });
  });

  test('of a source that has two files in turn no file is made of both', async () => {
    const other = randomBytes(NOISE.length);
    const answer = (response: ServerResponse, etag: string, bytes: Buffer, start = 0) =>
      response.writeHead(start > 0 ? 206 : 200, {
        ...{ etag, 'content-length': bytes.length - start },
        ...(start > 0 && {
          'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}`,
        }),
      });
    for (const keepsToIfRange of [true, false]) {
      let asks = 0;
      pages.set('/turns.bin', ({ headers }, response) => {
        asks += 1;
        const start = Number(/bytes=(\d+)-/.exec(headers.range ?? '')?.[1] ?? 0);
        const isKnown = headers['if-range'] === ETAG || !keepsToIfRange;
        if (asks === 1) answer(response, ETAG, NOISE).end(NOISE);
        else if (start === 0)
          answer(response, '"second"', other).write(other.subarray(0, 200_000), () =>
            response.destroy(),
          );
        else if (isKnown) answer(response, ETAG, NOISE, start).end(NOISE.subarray(start));
        else answer(response, ETAG, NOISE).end(NOISE);
      });
      const place = await project();
      const { id } = await announce(place, { url: `${at}/turns.bin` });
      await expect(fetched(place, id, false)).rejects.toThrow();
      expect(await fetched(place, id)).toMatchObject({ status: 'failed' });
    }
  });

  test('that breaks off is asked for again, and fails in the end with the reason', async () => {
    const place = await project();
    pages.set('/broken.bin', (_request, response) => {
      response.writeHead(200, { 'content-length': NOISE.length });
      response.write(NOISE.subarray(0, 200_000), () => response.destroy());
    });
    const { id } = await announce(place, { url: `${at}/broken.bin` });
    await expect(fetched(place, id, false)).rejects.toThrow();
    expect((await getFile(place.ctx, { projectId: place.projectId, fileId: id })).status).toBe(
      'pending',
    );
    expect((await fetched(place, id, true)).status).toBe('failed');
    const [row] = await place.ctx.db.select().from(file).where(eq(file.id, id));
    expect(row?.failure?.message).toContain('the source does not say');
  });
});

describe('rules', () => {
  test('hold for what the source says, before anything is kept', async () => {
    const place = await project({ maxSize: 100_000, allowedTypes: ['image/*', 'text/*'] });
    pages.set('/big.png', (_request, response) => {
      response.writeHead(200, { 'content-type': 'image/png', 'content-length': 200_000 });
      response.end(Buffer.concat([PNG, Buffer.alloc(200_000 - PNG.length)]));
    });
    pages.set('/lie.png', (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' }).end(Buffer.from('MZ\0\0\0\0'));
    });
    pages.set('/page', (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/pdf' }).end('%PDF-1.7');
    });
    expect(await codeOf(announce(place, { url: `${at}/big.png` }))).toBe('file_too_large');
    expect(await codeOf(announce(place, { url: `${at}/page` }))).toBe('file_type_not_allowed');
    expect(
      await place.ctx.db.select().from(file).where(eq(file.projectId, place.projectId)),
    ).toEqual([]);
    const lie = await announce(place, { url: `${at}/lie.png`, type: 'image/png' });
    expect((await fetched(place, lie.id)).status).toBe('rejected');
  });

  test('of the request hold like those of the project', async () => {
    const place = await project({ routes: { small: { maxSize: 10 } } });
    pages.set('/note', (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/plain', 'content-length': 20 });
      response.end('x'.repeat(20));
    });
    const note = (more: object) => codeOf(announce(place, { url: `${at}/note`, ...more }));
    expect(await note({ rules: { maxSize: 19 } })).toBe('file_too_large');
    expect(await note({ rules: { minSize: 21 } })).toBe('file_too_small');
    expect(await note({ rules: { allowedTypes: ['image/*'] } })).toBe('file_type_not_allowed');
    expect(await note({ route: 'small' })).toBe('file_too_large');
  });

  test.each([
    ['project', { maxSize: 100_000 }, {}],
    ['request', {}, { rules: { maxSize: 100_000 } }],
  ])(
    'of the %s hold for what comes: a source without a length is cut off at the limit',
    async (...[, rules, wish]) => {
      const place = await project(rules);
      let sent = 0;
      pages.set('/endless', (_request, response) => {
        const send = () => {
          sent += 20_000;
          if (!response.destroyed && sent < 50_000_000)
            response.write(NOISE.subarray(0, 20_000), send);
        };
        send();
      });
      const { id } = await announce(place, {
        url: `${at}/endless`,
        name: 'endless.bin',
        ...wish,
      });
      expect((await fetched(place, id)).status).toBe('failed');
      expect(sent).toBeLessThan(40_000_000);
    },
  );
});

describe('hostile addresses', () => {
  const REFUSED = [
    'http://127.0.0.2:PORT/',
    'http://127.2:PORT/',
    'http://0x7f.0.0.2:PORT/',
    'http://2130706434:PORT/',
    'http://0177.0.0.2:PORT/',
    'http://[::1]:PORT/',
    'http://[::ffff:127.0.0.2]:PORT/',
    'http://[::ffff:7f00:2]:PORT/',
    'http://[64:ff9b::7f00:2]/',
    'http://0.0.0.0:PORT/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[fd00:ec2::254]/',
    'http://10.0.0.1/',
    'http://192.168.0.1/',
    'http://100.64.0.1/',
    'http://user:password@127.0.0.1:PORT/',
    'file:///etc/passwd',
    'ftp://127.0.0.1/',
    'gopher://127.0.0.1/',
    'data:text/plain,hello',
    'no address',
  ];

  test.each(REFUSED)('%s is refused without being asked', async (address) => {
    const place = await project();
    const url = address.replace('PORT', String(insidePort));
    expect(await codeOf(announce(place, { url }))).toBe('source_refused');
    // Nor is it behind a redirect, when it is announced …
    pages.set('/to', (_request, response) => {
      response.writeHead(302, { location: address === 'no address' ? 'http://' : url }).end();
    });
    expect(await codeOf(announce(place, { url: `${at}/to` }))).toBe('source_refused');
    expect(insideHits).toBe(0);
  });

  test('a source that redirects inside only when the bytes are fetched reaches nothing', async () => {
    const place = await project();
    const { id } = await announce(place, { url: `${at}/dot.png` });
    pages.set('/dot.png', (_request, response) => {
      response.writeHead(302, { location: `http://127.0.0.2:${insidePort}/` }).end();
    });
    expect((await fetched(place, id)).status).toBe('failed');
    expect(insideHits).toBe(0);
  });

  test('a loop of redirects ends', async () => {
    pages.set(
      '/loop',
      (_request, response) => void response.writeHead(302, { location: '/loop' }).end(),
    );
    expect(await codeOf(announce(await project(), { url: `${at}/loop` }))).toBe('source_refused');
    expect(asked).toHaveLength(4);
  });

  test('what answers with an error or an encoding is no file', async () => {
    pages.set('/zipped', (_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('x');
    });
    const place = await project();
    expect(await codeOf(announce(place, { url: `${at}/gone` }))).toBe('source_unavailable');
    expect(await codeOf(announce(place, { url: `${at}/zipped` }))).toBe('source_unavailable');
    expect(await codeOf(announce(place, { url: 'http://127.0.0.1:1/' }))).toBe(
      'source_unavailable',
    );
  });
});

describe('over HTTP', () => {
  const post = (key: string, body: object) =>
    fetch(`${slipway.url}/api/upload-from-url`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  test('the job is made with the file, and nobody without a key makes any', async () => {
    const place = await project();
    const answer = await post(place.key, { url: `${at}/dot.png` });
    expect([answer.status, (await answer.json()).status]).toEqual([202, 'pending']);
    const refused = await post(place.key, { url: 'http://169.254.169.254/' });
    expect([refused.status, (await refused.json()).error.code]).toEqual([422, 'source_refused']);
    expect((await post(place.key, { address: at })).status).toBe(400);
    asked = [];
    expect((await post('sk_live_wrong', { url: `${at}/dot.png` })).status).toBe(401);
    const { ctx } = await project();
    expect(await codeOf(announce({ ...place, ctx }, { url: `${at}/dot.png` }))).toBe('not_found');
    expect(asked).toEqual([]);
  });
});

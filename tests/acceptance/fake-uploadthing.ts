import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeFile {
  readonly key: string;
  readonly name: string;
  readonly bytes: Buffer;
  readonly type?: string;
  readonly customId?: string;
  readonly status?: string;
  readonly isPrivate?: boolean;
}

/** What goes wrong with a download, once for each time it is named. */
export type Mishap = 'cut' | 'busy' | 'gone' | 'other size';

export interface FakeUploadthing {
  readonly apiUrl: string;
  readonly token: string;
  readonly files: FakeFile[];
  readonly mishaps: Map<string, Mishap[]>;
  /** Requests that UploadThing would have refused; a client that is right makes none. */
  readonly refused: string[];
  readonly downloads: { key: string; range: string | undefined }[];
  close(): Promise<void>;
}

const SECRET = 'sk_live_fake_0123456789abcdef';
const APP = 'fakeapp123';
const MOST_A_PAGE = 7;

/** UploadThing's API and file host as a client sees them: it checks requests as the real one does. */
export async function startFakeUploadthing(): Promise<FakeUploadthing> {
  const fake = {
    files: [] as FakeFile[],
    mishaps: new Map<string, Mishap[]>(),
    refused: [] as string[],
    downloads: [] as { key: string; range: string | undefined }[],
  };
  let calls = 0;
  const server = createServer(async (request, response) => {
    const { url = '/', method } = request;
    if (url.startsWith('/f/')) return serveFile(request, response);
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const refuse = (status: number, why: string) => {
      fake.refused.push(`${method} ${url}: ${why}`);
      json(response, status, { error: why });
    };
    if (method !== 'POST') return refuse(405, 'expected POST');
    if (request.headers['x-uploadthing-api-key'] !== SECRET) return refuse(401, 'Invalid API key');
    if (!/^\d+\.\d+\.\d+$/.test(String(request.headers['x-uploadthing-version'])))
      return refuse(400, 'expected x-uploadthing-version');
    if (request.headers['content-type'] !== 'application/json') return refuse(400, 'expected JSON');
    calls += 1;
    // It is busy at times.
    if (calls % 5 === 3) return json(response, calls % 2 ? 500 : 429, {}, { 'retry-after': '0' });
    const body = JSON.parse(Buffer.concat(pieces).toString()) as Record<string, unknown>;
    answer(url, body, { response, refuse });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  type Answering = { response: ServerResponse; refuse: (status: number, why: string) => void };

  function answer(url: string, body: Record<string, unknown>, { response, refuse }: Answering) {
    const only = (...names: string[]) => Object.keys(body).every((name) => names.includes(name));
    if (url === '/v6/listFiles') {
      const { limit = 500, offset = 0 } = body as { limit?: number; offset?: number };
      if (!only('limit', 'offset') || limit > 500) return refuse(400, 'Invalid input');
      // Newest first, in pages that are smaller than was asked for.
      const newest = fake.files.toReversed();
      const page = newest.slice(offset, offset + Math.min(limit, MOST_A_PAGE));
      const files = page.map(({ key, name, bytes, customId = null, status = 'Uploaded' }) => ({
        ...{ id: `id-${key}`, customId, key, name, size: bytes.length, status },
        uploadedAt: 1_700_000_000_000,
      }));
      return json(response, 200, { hasMore: offset + page.length < newest.length, files });
    }
    if (url === '/v6/getFileUrl') {
      const { fileKeys } = body as { fileKeys?: string[] };
      if (!only('fileKeys') || !Array.isArray(fileKeys)) return refuse(400, 'Invalid input');
      const data = fileKeys.map((key) => ({ key, url: `${origin}/f/${key}` }));
      return json(response, 200, { data });
    }
    if (url === '/v6/requestFileAccess') {
      const { fileKey, expiresIn } = body as { fileKey?: string; expiresIn?: number };
      if (!only('fileKey', 'expiresIn') || Number(expiresIn) > 604_800)
        return refuse(400, 'Invalid input');
      if (!fake.files.some(({ key }) => key === fileKey)) return json(response, 404, {});
      const signed = `${origin}/f/${fileKey}?signature=${SECRET.length}`;
      return json(response, 200, { url: signed, ufsUrl: signed });
    }
    return refuse(404, 'Not found');
  }

  function serveFile(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', origin);
    const key = url.pathname.slice('/f/'.length);
    if (request.headers['x-uploadthing-api-key'] !== undefined)
      fake.refused.push(`${key}: the API key is nothing for the file host`);
    const { range } = request.headers;
    fake.downloads.push({ key, range });
    const file = fake.files.find((one) => one.key === key);
    const mishap = fake.mishaps.get(key)?.shift();
    if (file === undefined || mishap === 'gone') return json(response, 404, {});
    if (file.isPrivate && !url.searchParams.has('signature')) return json(response, 403, {});
    if (mishap === 'busy') return json(response, 503, {});
    const whole = mishap === 'other size' ? Buffer.concat([file.bytes, Buffer.of(0)]) : file.bytes;
    const [, first] = /^bytes=(\d+)-$/.exec(range ?? '') ?? [];
    const start = first === undefined ? 0 : Number(first);
    const bytes = whole.subarray(start);
    response.writeHead(first === undefined ? 200 : 206, {
      'content-type': file.type ?? 'application/octet-stream',
      'content-length': bytes.length,
      ...(first !== undefined && {
        'content-range': `bytes ${start}-${whole.length - 1}/${whole.length}`,
      }),
    });
    if (mishap !== 'cut') return response.end(bytes);
    response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)));
    // Destroyed at once, none of it would arrive.
    return setTimeout(() => request.socket.end(), 300);
  }

  return {
    ...fake,
    apiUrl: origin,
    token: Buffer.from(JSON.stringify({ apiKey: SECRET, appId: APP, regions: ['sea1'] })).toString(
      'base64',
    ),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function json(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

import type { Call } from './call.ts';

export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

export interface Upstream {
  hasBucket(call: Call): Promise<boolean>;
  /** The request as it is, as far as the server there knows what it is about. */
  forward(call: Call, options: { range: boolean }): Promise<Reply>;
  put(call: Call, object: { bytes: Buffer; type: string }): Promise<void>;
  /** Null when there is none. */
  get(path: string): Promise<Buffer | null>;
}

const FORWARDED = /^(content-type|range|if-none-match|x-amz-(copy|meta|metadata|checksum).*)$/;
const HOP_BY_HOP = ['transfer-encoding', 'connection', 'keep-alive', 'date'];

/** fauxqs takes no larger bodies. */
const MOST_BYTES = 8 * 1024 ** 2;

async function ask(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`the server behind answered ${response.status}`);
  return response;
}

/** The server that keeps the bytes. */
export function upstreamAt(origin: string): Upstream {
  const buckets = new Set<string>();
  return {
    async hasBucket({ url }) {
      const bucket = url.split(/[/?]/)[1] ?? '';
      if (buckets.has(bucket)) return true;
      const { ok } = await fetch(`${origin}/${bucket}`, { method: 'HEAD' });
      if (ok) buckets.add(bucket);
      return ok;
    },
    async forward({ method, url, headers, body }, { range }) {
      const passed = Object.entries(headers).flatMap(([name, value]) =>
        value !== undefined && FORWARDED.test(name) && (range || name !== 'range')
          ? [[name, value] as [string, string]]
          : [],
      );
      const response = await fetch(`${origin}${url}`, {
        method,
        headers: passed,
        ...(method === 'GET' || method === 'HEAD' ? {} : { body: new Uint8Array(body) }),
      });
      const kept = [...response.headers].filter(([name]) => !HOP_BY_HOP.includes(name));
      return {
        status: response.status,
        headers: Object.fromEntries(kept),
        body: Buffer.from(await response.arrayBuffer()),
      };
    },
    async put({ url }, { bytes, type }) {
      const [path = '/'] = url.split('?');
      const headers = { 'content-type': type };
      if (bytes.length <= MOST_BYTES) {
        await ask(`${origin}${path}`, { method: 'PUT', headers, body: new Uint8Array(bytes) });
        return;
      }
      const begun = await ask(`${origin}${path}?uploads`, { method: 'POST', headers });
      const upload = `uploadId=${/<UploadId>([^<]+)</.exec(await begun.text())?.[1]}`;
      let parts = '';
      for (let number = 1, start = 0; start < bytes.length; number += 1, start += MOST_BYTES) {
        const body = new Uint8Array(bytes.subarray(start, start + MOST_BYTES));
        const target = `${origin}${path}?${upload}&partNumber=${number}`;
        const sent = await ask(target, { method: 'PUT', body });
        parts += `<Part><PartNumber>${number}</PartNumber><ETag>${sent.headers.get('etag')}</ETag></Part>`;
      }
      await ask(`${origin}${path}?${upload}`, { method: 'POST', body: parts });
    },
    async get(path) {
      const response = await fetch(`${origin}${path}`);
      return response.ok ? Buffer.from(await response.arrayBuffer()) : null;
    },
  };
}

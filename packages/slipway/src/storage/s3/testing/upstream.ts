import type { Call } from './call.ts';

export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

export interface Upstream {
  /** The request as it is, as far as the server there knows what it is about. */
  forward(call: Call, options: { range: boolean }): Promise<Reply>;
  put(call: Call, object: { bytes: Buffer; type: string }): Promise<void>;
  /** Null when there is none. */
  get(path: string): Promise<Buffer | null>;
}

const FORWARDED = /^(content-type|range|if-none-match|x-amz-(copy|meta|metadata|checksum).*)$/;
const HOP_BY_HOP = ['transfer-encoding', 'connection', 'keep-alive', 'date'];

/** The server that keeps the bytes. */
export function upstreamAt(origin: string): Upstream {
  return {
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
      const response = await fetch(`${origin}${path}`, {
        method: 'PUT',
        headers: { 'content-type': type },
        body: new Uint8Array(bytes),
      });
      if (!response.ok) throw new Error(`the server behind answered ${response.status}`);
    },
    async get(path) {
      const response = await fetch(`${origin}${path}`);
      return response.ok ? Buffer.from(await response.arrayBuffer()) : null;
    },
  };
}

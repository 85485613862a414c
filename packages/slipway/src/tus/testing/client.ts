import { createHash } from 'node:crypto';
import { request } from 'node:http';

export interface TusAnswer {
  status: number;
  headers: Headers;
  /** The code of an error. */
  code: string | undefined;
  /** Where the next byte goes; NaN when that was not said. */
  offset: number;
}

export interface CreateWish {
  length?: number | undefined;
  metadata?: Record<string, string>;
  headers?: Record<string, string>;
  body?: Uint8Array;
}

const VERSION = { 'tus-resumable': '1.0.0' };
const BYTES = { 'content-type': 'application/offset+octet-stream' };

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

export const checksum = (algorithm: string, bytes: Uint8Array) => ({
  'upload-checksum': `${algorithm} ${createHash(algorithm).update(bytes).digest('base64')}`,
});

export const metadataHeader = (pairs: Record<string, string>) => ({
  'upload-metadata': Object.entries(pairs)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(','),
});

export type TusClient = ReturnType<typeof createTusClient>;

/** Speaks tus as its page describes it, and does nothing by itself. */
export function createTusClient(base: string, secret: string) {
  async function call(
    method: string,
    address: string,
    init: { headers?: Record<string, string>; body?: Uint8Array | undefined } = {},
  ): Promise<TusAnswer> {
    const { pathname, search } = new URL(address, base);
    const response = await fetch(`${base}${pathname}${search}`, {
      method,
      headers: { ...VERSION, ...init.headers },
      ...(init.body === undefined ? {} : { body: new Uint8Array(init.body) }),
    });
    const text = await response.text();
    const body: { error?: { code: string } } = text === '' ? {} : JSON.parse(text);
    return {
      status: response.status,
      headers: response.headers,
      code: body.error?.code,
      offset: Number(response.headers.get('upload-offset') ?? Number.NaN),
    };
  }

  return {
    call,
    async create({ length, metadata = {}, headers = {}, body }: CreateWish = {}) {
      const answer = await call('POST', '/tus', {
        headers: {
          authorization: `Bearer ${secret}`,
          ...(length === undefined ? {} : { 'upload-length': String(length) }),
          ...(Object.keys(metadata).length === 0 ? {} : metadataHeader(metadata)),
          ...(body === undefined ? {} : BYTES),
          ...headers,
        },
        body,
      });
      return { ...answer, url: answer.headers.get('location') ?? '' };
    },
    patch: (
      [url, offset]: readonly [string, number],
      body: Uint8Array,
      headers: Record<string, string> = {},
    ) =>
      call('PATCH', url, {
        headers: { ...BYTES, 'upload-offset': String(offset), ...headers },
        body,
      }),
    head: (url: string) => call('HEAD', url),
    remove: (url: string) => call('DELETE', url),
    /** Announces all bytes, sends some of them, and then nothing. */
    dribble: ([url, offset]: readonly [string, number], bytes: Dribble) => {
      const { pathname, search } = new URL(url);
      return dribble(`${base}${pathname}${search}`, { ...bytes, offset });
    },
  };
}

interface Dribble {
  announce: number;
  send: Uint8Array;
  headers?: Record<string, string>;
}

function dribble(url: string, input: Dribble & { offset: number }) {
  const outgoing = request(url, {
    method: 'PATCH',
    headers: {
      ...VERSION,
      ...BYTES,
      'upload-offset': String(input.offset),
      'content-length': String(input.announce),
      ...input.headers,
    },
  });
  const answered = new Promise<number | 'cut'>((resolve) => {
    outgoing.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    outgoing.on('error', () => resolve('cut'));
  });
  const sent = new Promise<void>((resolve) => outgoing.write(input.send, () => resolve()));
  return { answered, sent, cut: () => outgoing.destroy() };
}

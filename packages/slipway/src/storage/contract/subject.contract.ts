import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { randomToken } from '@repo/foundation/ids';
import type { Capabilities } from '../capabilities.ts';
import type { SignUpload, Storage, UploadGrant } from '../storage.ts';

/** What the server behind a storage is like, as far as no capability says it. */
export interface Server {
  /** It checks signatures, their expiry, and the headers they cover. Some test servers do not look. */
  signatures: boolean;
  /** It lists objects in the order of their keys' bytes. */
  order: boolean;
  /** It is worth the seconds that crowds, pages and expiry take. */
  thorough: boolean;
}

export interface Subject {
  storage: Storage;
  can: Capabilities;
  server: Server;
}

export const TYPE = 'image/png';
export const newKey = () => `contract/${randomToken(32)}.png`;
export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** One bit of one byte is another. */
export function flipped(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  const middle = copy.length >> 1;
  copy[middle] = (copy[middle] ?? 0) ^ 1;
  return copy;
}

/** As a browser sends. */
export function send(
  { url, method, headers }: UploadGrant,
  body: Uint8Array,
  more: Record<string, string> = {},
): Promise<Response> {
  return fetch(url, { method, headers: { ...headers, ...more }, body: new Uint8Array(body) });
}

export function sign(
  storage: Storage,
  wish: Pick<SignUpload, 'key' | 'size'> & Partial<SignUpload>,
) {
  return storage.signUpload({ type: TYPE, expiresInSeconds: 60, ...wish });
}

export async function contentOf(storage: Storage, key: string): Promise<Buffer | null> {
  const stream = await storage.read(key);
  return stream === null ? null : buffer(stream);
}

/** A client's fault, not the server's. */
export const isRefusal = ({ status }: { status: number }) => status >= 400 && status < 500;

/**
 * Whether a server refuses what is sent by a URL. It may close the connection on a body that it does not
 * want, and then a client that is still sending never sees the answer.
 */
export async function refuses(grant: UploadGrant, body: Uint8Array): Promise<boolean> {
  try {
    return isRefusal(await send(grant, body));
  } catch (error) {
    const { cause } = error as { cause?: { code?: string } };
    if (['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'].includes(cause?.code ?? '')) return true;
    throw error;
  }
}

import { AppError } from '@repo/foundation/errors';
import type { UploadGrant } from '../../storage.ts';
import type { S3Options } from '../client.ts';

/** What a server said to one request. */
export interface Answer {
  ok: boolean;
  status: number;
  /** S3's word for what is wrong, where it gave one. */
  code: string | null;
  headers: Headers;
  body: string;
}

const PATIENCE_MS = 60_000;
/** Says nothing about what the server can do, only that it is busy. */
const BUSY = [429, 502, 503, 504];

/**
 * Asks as a browser would; throws when nothing comes back, or only that the server is busy. By the
 * bucket's own network, where it has one: what is asked may be anywhere that a member named.
 */
export async function ask(
  { network }: S3Options,
  url: string,
  init: RequestInit = {},
): Promise<Answer> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const response = await (network?.fetch ?? fetch)(url, { redirect: 'manual', ...init, signal });
  const body = await response.text();
  const { status, ok, headers } = response;
  const code = /<Code>([^<]+)<\/Code>/.exec(body)?.[1] ?? null;
  if (BUSY.includes(status)) throw new Error(`the server is busy: ${describe({ status, code })}`);
  return { ok, status, code, headers, body };
}

/** Uses a signed URL. */
export function send(
  options: S3Options,
  { url, method, headers }: UploadGrant,
  body: Uint8Array,
): Promise<Answer> {
  return ask(options, url, { method, headers, body: new Uint8Array(body) });
}

export const describe = ({ status, code }: { status: number; code: string | null }) =>
  code === null ? String(status) : `${status} ${code}`;

export interface Refusal {
  status: number;
  code: string | null;
}

/**
 * What the server said no to, whoever asked; null when it never answered, or when it is busy: that
 * tells nothing about it.
 */
export function refusalOf(error: unknown): Refusal | null {
  const cause = error instanceof AppError ? (error.cause ?? error) : error;
  if (!(cause instanceof Error) || !('$metadata' in cause)) return null;
  const metadata = cause.$metadata as { httpStatusCode?: number };
  const status = metadata.httpStatusCode;
  if (status === undefined || BUSY.includes(status)) return null;
  return { status, code: cause.name === 'Unknown' ? null : cause.name };
}

import { SlipwayError, type UploadTarget } from 'slipway/server';
import { CliError } from '../failure.ts';
import type { Progress } from '../output.ts';
import { digestOf } from './digest.ts';
import { type PutTarget, send } from './send.ts';

export interface Parts {
  readonly path: string;
  readonly target: UploadTarget;
  readonly size: number;
}

interface Part {
  readonly number: number;
  readonly path: string;
  readonly start: number;
  readonly size: number;
}

interface SendPartsOptions {
  readonly parallel: number;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

interface Session {
  readonly status: string;
  readonly parts: readonly { number: number; size: number; sha256: string | null }[];
}

/**
 * Sends the parts that are missing, a few at a time, each with its digest. Those that arrived in an
 * earlier run count only when they are our own bytes. Returns how many bytes those were.
 */
export async function sendParts(parts: Parts, options: SendPartsOptions): Promise<number> {
  const { progress, signal } = options;
  const all = cut(parts);
  const session = await call<Session>(parts.target.url, { method: 'GET', signal });
  // Everything arrived before; completing it tells how it ended.
  if (session.status !== 'pending') return parts.size;
  const missing: Part[] = [];
  let resumed = 0;
  for (const part of all) {
    const stored = session.parts.find(({ number }) => number === part.number);
    if (stored?.size === part.size && stored.sha256 === (await digestOf(part)))
      resumed += part.size;
    else missing.push(part);
  }
  progress.advance(resumed);
  const failures: unknown[] = [];
  const work = async () => {
    for (let part = missing.shift(); part !== undefined; part = missing.shift()) {
      if (failures.length > 0) return;
      await sendPart(part, parts.target, options).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: options.parallel }, work));
  signal.throwIfAborted();
  if (failures.length > 0) throw failures[0];
  return resumed;
}

function cut({ path, target, size }: Parts): Part[] {
  const partSize = target.multipart?.partSize ?? size;
  return Array.from({ length: target.multipart?.partCount ?? 1 }, (_, index) => ({
    number: index + 1,
    path,
    start: index * partSize,
    size: Math.min(partSize, size - index * partSize),
  }));
}

async function sendPart(
  part: Part,
  target: UploadTarget,
  { progress, signal }: SendPartsOptions,
): Promise<void> {
  const sha256 = await digestOf(part);
  const sign = async (): Promise<PutTarget> => {
    const body = { parts: [{ number: part.number, sha256 }] };
    const answer = await call<{ parts: readonly PutTarget[] }>(target.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal,
    });
    const [signed] = answer.parts;
    if (signed === undefined)
      throw new CliError('unexpected_answer', 'Expected the URL of a part, received none.');
    return signed;
  };
  await send(part, sign, { signal, onBytes: (bytes) => progress.advance(bytes) });
}

/** The address is signed: it is itself the permission, and gets no key. */
async function call<T>(url: string, init: RequestInit): Promise<T> {
  const response = await fetch(url, { ...init, redirect: 'error' }).catch((cause: unknown) => {
    if (init.signal?.aborted) throw init.signal.reason;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SlipwayError({
      code: 'network_error',
      message: `Could not reach ${new URL(url).host} (${why}).`,
    });
  });
  const body: unknown = await response.json().catch(() => null);
  if (response.ok && body !== null) return body as T;
  const { error } = (body ?? {}) as { error?: { code: string; message: string; docs: string } };
  throw new SlipwayError({
    code: error?.code ?? 'unexpected_answer',
    message: error?.message ?? `Expected JSON from Slipway, received HTTP ${response.status}.`,
    docs: error?.docs ?? null,
    status: response.status,
  });
}

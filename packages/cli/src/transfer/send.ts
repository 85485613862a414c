import { createReadStream } from 'node:fs';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { SlipwayError } from 'slipway/server';
import type { Stretch } from './digest.ts';

const ATTEMPTS = 5;
const IDLE_MS = 60_000;

export interface PutTarget {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface SendOptions {
  readonly signal: AbortSignal;
  /** Bytes that went out; negative when an attempt that failed takes its own back. */
  readonly onBytes: (bytes: number) => void;
}

/** Sends a stretch of a file to a signed URL, again where that may help. */
export async function send(
  stretch: Stretch,
  freshTarget: () => Promise<PutTarget>,
  options: SendOptions,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    let sent = 0;
    const onBytes = (bytes: number) => {
      sent += bytes;
      options.onBytes(bytes);
    };
    try {
      return await sendOnce(stretch, await freshTarget(), { ...options, onBytes });
    } catch (error) {
      options.onBytes(-sent);
      options.signal.throwIfAborted();
      if (attempt > 1 && isThere(error)) return options.onBytes(stretch.size);
      if (attempt === ATTEMPTS || !isPassing(error)) throw error;
      await sleep(300 * 2 ** attempt, undefined, { signal: options.signal });
    }
  }
}

/** Create-only storage says "exists": an earlier attempt of ours arrived, though its answer did not. Completing tells. */
const isThere = (error: unknown) =>
  error instanceof SlipwayError &&
  (error.status === 409 || error.status === 412) &&
  !isUnderWay(error);

/** An earlier attempt may still be open at the server; it ends soon, one way or the other. */
const isUnderWay = ({ details }: SlipwayError) =>
  (details as { storageCode?: string } | null)?.storageCode === 'upload_in_progress';

/** A storage that says no to a signed URL may only find it too old: a fresh one is asked for. */
const isPassing = (error: unknown) =>
  !(error instanceof SlipwayError) ||
  error.status === 0 ||
  error.status === 400 ||
  error.status === 403 ||
  error.status === 408 ||
  isUnderWay(error) ||
  error.status === 429 ||
  error.status >= 500;

async function sendOnce(
  { path, start, size }: Stretch,
  { url, method, headers }: PutTarget,
  { signal, onBytes }: SendOptions,
): Promise<void> {
  const { host, protocol } = new URL(url);
  const request = (protocol === 'https:' ? requestHttps : requestHttp)(url, {
    method,
    headers: { ...headers, 'content-length': size },
    signal,
    timeout: IDLE_MS,
  });
  request.on('timeout', () => request.destroy(new Error(`${host} took nothing for a minute`)));
  const answer = new Promise<{ status: number; text: string }>((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(pieces).toString() }),
      );
    });
  });
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      onBytes(chunk.length);
      done(null, chunk);
    },
  });
  // A storage that refuses answers before it has read everything: its answer is the reason then.
  const written =
    size === 0
      ? request.end()
      : pipeline(createReadStream(path, { start, end: start + size - 1 }), counted, request);
  const [sent, got] = await Promise.allSettled([written, answer]);
  if (got.status === 'rejected') throw unreachable(host, got.reason);
  if (got.value.status >= 200 && got.value.status < 300) {
    if (sent.status === 'rejected') throw unreachable(host, sent.reason);
    return;
  }
  throw refused(got.value);
}

function unreachable(host: string, reason: unknown): SlipwayError {
  const why = reason instanceof Error ? reason.message : String(reason);
  return new SlipwayError({
    code: 'network_error',
    message: `Could not send to ${host} (${why}).`,
  });
}

function refused({ status, text }: { status: number; text: string }): SlipwayError {
  const known = /"code"\s*:\s*"(\w+)"/.exec(text)?.[1] ?? /<Code>(\w+)<\/Code>/.exec(text)?.[1];
  return new SlipwayError({
    code: 'storage_refused',
    message: `The storage answered ${status}${known === undefined ? '' : ` (${known})`}: expected 2xx.`,
    status,
    details: { storageCode: known },
  });
}

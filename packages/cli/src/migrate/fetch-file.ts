import { createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { setTimeout as sleep } from 'node:timers/promises';
import { CliError, EXIT } from '../failure.ts';
import type { Source, SourceFile } from './source.ts';

const ATTEMPTS = 6;
const FIRST_WAIT_MS = 200;
const IDLE_MS = 60_000;

export interface FetchInput {
  readonly source: Source;
  readonly file: SourceFile;
  readonly path: string;
  readonly signal: AbortSignal;
  /** Bytes that are there now; negative when some of them are given up. */
  readonly onBytes: (bytes: number) => void;
}

/** What only the download tells of a file. */
export interface Fetched {
  /** As UploadThing serves it; empty where it does not say. */
  readonly type: string;
  readonly acl: 'public-read' | 'private';
}

/** Brings a file to a path, from where an earlier run stopped, until it has the size that was listed. */
export async function fetchFile(input: FetchInput): Promise<Fetched> {
  const { source, file, signal } = input;
  let acl: Fetched['acl'] = 'public-read';
  let url = await source.publicUrl(file.key, signal);
  const counted = { bytes: 0 };
  let tooLong = 0;
  for (let attempt = 1; ; attempt += 1) {
    const got = await fetchOnce(input, { url, counted });
    if (got.done) return { type: got.type, acl };
    const isClosed = got.status === 401 || got.status === 403 || got.status === 404;
    if (isClosed && (attempt === 1 || acl === 'private')) {
      const signed = await source.signedUrl(file.key, signal);
      if (signed === null || attempt > 2) throw missing(file, got.status);
      [url, acl] = [signed, 'private'];
      continue;
    }
    if (got.status === TOO_LONG) tooLong += 1;
    if (tooLong > 1) throw otherSize(file);
    if (attempt >= ATTEMPTS) throw failed(file, got);
    await sleep(FIRST_WAIT_MS * 2 ** attempt, undefined, { signal });
  }
}

/** In the place of a status: more came than was listed. */
const TOO_LONG = -1;

type Outcome =
  | { readonly done: true; readonly type: string }
  | { readonly done: false; readonly status: number; readonly problem: string };

async function fetchOnce(
  { file, path, signal, onBytes }: FetchInput,
  { url, counted }: { url: string; counted: { bytes: number } },
): Promise<Outcome> {
  const there = (await sizeOf(path)) ?? 0;
  // Of one that is whole already the last byte comes again, with its type.
  const start = there > file.size ? 0 : Math.min(there, Math.max(0, file.size - 1));
  const idle = watchdog();
  const reached = (bytes: number) => {
    onBytes(bytes - counted.bytes);
    counted.bytes = bytes;
  };
  try {
    const response = await fetch(url, {
      // As it is stored, so that sizes and ranges mean the same bytes.
      headers: { 'accept-encoding': 'identity', ...(start > 0 && { range: `bytes=${start}-` }) },
      signal: AbortSignal.any([signal, idle.signal]),
    });
    const { status } = response;
    if (status === 416) await rm(path, { force: true });
    const from = status === 206 ? rangeStart(response) : 0;
    if ((status !== 200 && status !== 206) || (from !== start && from !== 0)) {
      await response.body?.cancel();
      return { done: false, status, problem: `answered ${status}` };
    }
    let at = from;
    reached(at);
    const counting = new Transform({
      transform(chunk: Buffer, _encoding, next) {
        idle.alive();
        at += chunk.length;
        if (at > file.size) return next(new TooLong());
        reached(at);
        next(null, chunk);
      },
    });
    const body = response.body as ReadableStream<Uint8Array> | null;
    const sink = createWriteStream(path, {
      ...(from > 0 ? { flags: 'r+', start: from } : { flags: 'w' }),
      mode: 0o600,
    });
    await pipeline(body === null ? Readable.from([]) : Readable.fromWeb(body), counting, sink);
    if (at === file.size) return { done: true, type: response.headers.get('content-type') ?? '' };
    return { done: false, status: 0, problem: `sent ${at} of ${file.size} bytes` };
  } catch (error) {
    signal.throwIfAborted();
    const status = error instanceof TooLong ? TOO_LONG : 0;
    return { done: false, status, problem: reasonOf(error) };
  } finally {
    idle.stop();
  }
}

class TooLong extends Error {}

function rangeStart(response: Response): number {
  const [, start] = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '') ?? [];
  return start === undefined ? -1 : Number(start);
}

function watchdog() {
  const controller = new AbortController();
  const bark = () => controller.abort(new Error('nothing came for a minute'));
  let timer = setTimeout(bark, IDLE_MS);
  return {
    signal: controller.signal,
    alive() {
      clearTimeout(timer);
      timer = setTimeout(bark, IDLE_MS);
    },
    stop: () => clearTimeout(timer),
  };
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}

const missing = ({ key }: SourceFile, status: number) =>
  new CliError(
    'source_missing',
    `UploadThing lists ${key}, but does not give it out (${status}): expected its bytes.`,
    EXIT.notFound,
  );

const otherSize = ({ key, size }: SourceFile) =>
  new CliError(
    'size_mismatch',
    `Expected the ${size} bytes of ${key} that UploadThing lists, received more.`,
    EXIT.refused,
  );

const failed = ({ key }: SourceFile, { status, problem }: { status: number; problem: string }) =>
  new CliError(
    'source_unreachable',
    `Expected the bytes of ${key} from UploadThing; it ${problem}.`,
    status === 0 || status >= 500 || status === 429 ? EXIT.unreachable : EXIT.failure,
  );

async function sizeOf(path: string): Promise<number | null> {
  const found = await stat(path).catch(() => null);
  return found === null ? null : found.size;
}

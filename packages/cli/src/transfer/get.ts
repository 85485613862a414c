import { createWriteStream } from 'node:fs';
import { link, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Slipway, SlipwayError, type SlipwayFile } from 'slipway/server';
import { CliError, EXIT } from '../failure.ts';
import type { Progress } from '../output.ts';
import { hasDigest } from './digest.ts';

const ATTEMPTS = 5;

export interface GetInput {
  readonly slipway: Slipway;
  readonly file: SlipwayFile;
  readonly path: string;
  readonly force: boolean;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

export interface GetResult {
  readonly path: string;
  readonly resumedBytes: number;
  /** Null when Slipway knows no digest of the file. */
  readonly verified: true | null;
}

/**
 * Downloads a file, and goes on where an earlier run stopped. It gets its name only when it is whole
 * and its digest is the one that Slipway knows.
 */
export async function getFile(input: GetInput): Promise<GetResult> {
  const { file, path, force, progress } = input;
  if (!force && (await sizeOf(path)) !== null) throw taken(path);
  // A file never changes once it is ready, so that its id says which bytes these are.
  const partial = join(dirname(path), `.${file.id}.slipway-part`);
  const resumedBytes = Math.min((await sizeOf(partial)) ?? 0, file.size);
  progress.advance(resumedBytes);
  try {
    await fetchAll(input, partial);
  } finally {
    progress.end();
  }
  const verified = await hasDigest(partial, file);
  if (verified === false || (await sizeOf(partial)) !== file.size) {
    await rm(partial, { force: true });
    throw new CliError(
      'digest_mismatch',
      `Expected the bytes of ${file.id} that Slipway verified, received others. Nothing was kept; try again.`,
    );
  }
  if (force) await rename(partial, path);
  else {
    // Unlike a rename it fails when somebody else took the name meanwhile.
    await link(partial, path).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'EEXIST' ? taken(path) : error;
    });
    await rm(partial);
  }
  return { path, resumedBytes, verified };
}

async function fetchAll(input: GetInput, partial: string): Promise<void> {
  const { slipway, file, progress, signal } = input;
  for (let attempt = 1; ; attempt += 1) {
    const start = (await sizeOf(partial)) ?? 0;
    if (start >= file.size && (start > 0 || file.size > 0)) return;
    try {
      const range = start > 0 ? { range: { start } } : {};
      const response = await slipway.files.download(file.id, { ...range, signal });
      const isWhole = response.status !== 206;
      const body = response.body as ReadableStream<Uint8Array> | null;
      const source = body === null ? Readable.from([]) : Readable.fromWeb(body);
      const counted = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          progress.advance(chunk.length);
          done(null, chunk);
        },
      });
      await pipeline(
        source,
        counted,
        createWriteStream(partial, { flags: isWhole ? 'w' : 'a', mode: 0o644 }),
        { signal },
      );
      if (file.size === 0) return;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof SlipwayError && error.status !== 0 && error.status < 500) throw error;
      if (attempt === ATTEMPTS) throw error;
    }
    if (attempt === ATTEMPTS) return;
    if (((await sizeOf(partial)) ?? 0) < file.size)
      await sleep(300 * 2 ** attempt, undefined, { signal });
  }
}

const taken = (path: string) =>
  new CliError('exists', `Expected no file at ${path} yet; --force replaces it.`, EXIT.refused);

async function sizeOf(path: string): Promise<number | null> {
  const found = await stat(path).catch(() => null);
  return found === null ? null : found.size;
}

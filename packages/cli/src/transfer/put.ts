import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CreateUpload,
  type FileMetadata,
  type Slipway,
  SlipwayError,
  type SlipwayFile,
} from 'slipway/server';
import { CliError, EXIT } from '../failure.ts';
import type { Progress } from '../output.ts';
import { digestOf } from './digest.ts';
import { type Parts, sendParts } from './parts.ts';
import { send } from './send.ts';
import { type Begun, forgetBegun, readBegun, rememberBegun, type Way } from './state.ts';

export interface PutInput {
  readonly slipway: Slipway;
  readonly way: Way;
  readonly type: string;
  readonly customId?: string | undefined;
  /** Becomes a new version of the file that has `customId`. */
  readonly replace?: true | undefined;
  readonly metadata?: FileMetadata | undefined;
  readonly folder?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly visibility?: 'private' | undefined;
  readonly expiresInDays?: number | undefined;
  readonly uploadthing?: CreateUpload['uploadthing'];
  readonly parallel: number;
  readonly progress: (total: number) => Progress;
  readonly signal: AbortSignal;
}

export interface PutResult {
  readonly file: SlipwayFile;
  /** Bytes that had arrived in an earlier run. */
  readonly resumedBytes: number;
}

/** Uploads one file; a large one goes on where a run that was killed stopped. */
export async function putFile(input: PutInput): Promise<PutResult> {
  const { way, signal } = input;
  const found = await stat(way.path).catch(() => null);
  if (found === null || !found.isFile())
    throw new CliError('no_such_file', `Expected a file at ${way.path}.`, EXIT.notFound);
  const facts = { size: found.size, modifiedMs: Math.floor(found.mtimeMs) };
  const earlier = await begunEarlier(input, facts);
  const begun = earlier ?? (await begin(input, facts));
  const progress = input.progress(facts.size);
  try {
    let resumedBytes = 0;
    if (begun.target.multipart === undefined) {
      const whole = { path: way.path, start: 0, size: facts.size };
      const options = { signal, onBytes: (bytes: number) => progress.advance(bytes) };
      await send(whole, async () => begun.target, options);
    } else {
      const parts: Parts = { path: way.path, target: begun.target, size: facts.size };
      resumedBytes = await sendParts(parts, { ...input, progress });
    }
    const file = await completeUpload(input, begun.target.id);
    await forgetBegun(way);
    return { file, resumedBytes };
  } catch (error) {
    // What Slipway has judged is over; anything else may be gone on with.
    if (error instanceof SlipwayError && [404, 409, 410, 422].includes(error.status))
      await forgetBegun(way);
    throw error;
  } finally {
    progress.end();
  }
}

type Facts = Omit<Begun, 'target'>;

/** The upload of an earlier run, if it is still open and the file is still the same. */
async function begunEarlier({ way, slipway }: PutInput, facts: Facts): Promise<Begun | null> {
  const begun = await readBegun(way);
  if (begun === null) return null;
  const isSame = begun.size === facts.size && begun.modifiedMs === facts.modifiedMs;
  if (isSame && Date.parse(begun.target.expiresAt) > Date.now()) {
    const file = await slipway.files.get(begun.target.id).catch((error: unknown) => {
      if (error instanceof SlipwayError && error.status === 404) return null;
      throw error;
    });
    if (file !== null && ['pending', 'verifying', 'ready'].includes(file.status)) return begun;
  }
  // Frees what arrived of it; if this is not heard, the server finds out by itself.
  if (!isSame) await fetch(begun.target.url, { method: 'DELETE' }).catch(() => null);
  await forgetBegun(way);
  return null;
}

/** Hashed before it is announced, so that no other bytes are accepted; larger ones have digests of parts. */
const HASHED_WHOLE = 64 * 1024 ** 2;

async function begin(input: PutInput, facts: Facts): Promise<Begun> {
  const { slipway, way, type, customId, replace, metadata, uploadthing, signal } = input;
  const { folder, tags, visibility, expiresInDays } = input;
  const { size } = facts;
  const sha256 =
    size <= HASHED_WHOLE ? await digestOf({ path: way.path, start: 0, size }) : undefined;
  const about = { name: way.name, size, type, sha256, customId, replace, metadata };
  const keeping = { folder, tags, visibility, expiresInDays };
  const wish = { ...about, ...keeping, uploadthing, multipart: true };
  const begun = { target: await slipway.uploads.create(wish, { signal }), ...facts };
  // What goes in one piece begins anew.
  if (begun.target.multipart !== undefined) await rememberBegun(way, begun);
  return begun;
}

const STILL_VERIFYING_MS = 1_000;

/** Resolves once Slipway has verified the bytes. */
export async function completeUpload(
  { slipway, signal }: Pick<PutInput, 'slipway' | 'signal'>,
  id: string,
): Promise<SlipwayFile> {
  for (;;) {
    const file = await slipway.uploads.complete({ id }, { signal });
    if (file.status === 'ready') return file;
    await sleep(STILL_VERIFYING_MS, undefined, { signal });
  }
}

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { typeOf } from 'slipway/client';
import { type Slipway, SlipwayError, type SlipwayFile } from 'slipway/server';
import { CliError, EXIT } from '../failure.ts';
import { hasDigest } from '../transfer/digest.ts';
import { completeUpload, putFile } from '../transfer/put.ts';
import { type Fetched, fetchFile } from './fetch-file.ts';
import type { Done } from './journal.ts';
import type { Source, SourceFile } from './source.ts';

export interface CopyInput {
  readonly source: Source;
  readonly file: SourceFile;
  readonly slipway: Slipway;
  readonly url: string;
  readonly projectId: string;
  /** Where files lie between the two. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly onBytes: (bytes: number) => void;
}

export interface Copied extends Done {
  /** It was there from an earlier run that nothing else tells of. */
  readonly wasThere: boolean;
}

/** Copies one file and compares what Slipway stored with what UploadThing gave. */
export async function copyFile(input: CopyInput): Promise<Copied> {
  const { file, folder } = input;
  const { key, size } = file;
  const path = join(folder, createHash('sha256').update(key).digest('hex').slice(0, 32));
  const fetched = await fetchFile({ ...input, path });
  const { sha256, md5 } = await digestsOf(path);
  const { stored, wasThere } = await store(input, { ...fetched, path });
  const isSame =
    stored.size === size &&
    (stored.sha256 === null ? await hasDigest(path, stored) : stored.sha256 === sha256);
  if (isSame !== true)
    throw new CliError(
      'digest_mismatch',
      `Expected ${stored.id} to hold the bytes of ${key} (${size} bytes, SHA-256 ${sha256}); it holds others.`,
      EXIT.refused,
    );
  await rm(path, { force: true });
  return { key, fileId: stored.id, size, sha256, md5, acl: fetched.acl, wasThere };
}

interface Stored {
  readonly stored: SlipwayFile;
  readonly wasThere: boolean;
}

type Local = Fetched & { readonly path: string };

/** Its key may be taken by a copy that an earlier run began: then that one is gone on with. */
async function store(input: CopyInput, local: Local): Promise<Stored> {
  try {
    return { stored: await put(input, local, false), wasThere: false };
  } catch (error) {
    const holder = holderOf(error);
    if (holder === null) throw error;
    const earlier = await settle(input, holder);
    if (earlier !== null) return { stored: earlier, wasThere: true };
    return { stored: await put(input, local, true), wasThere: false };
  }
}

async function put(input: CopyInput, local: Local, restart: boolean): Promise<SlipwayFile> {
  const { slipway, url, projectId, env, file, signal } = input;
  const { path, acl } = local;
  const name = plainName(file.name);
  const { file: stored } = await putFile({
    slipway,
    way: { env, url, projectId, path, name },
    type: typeOf({ name, type: local.type }),
    customId: file.customId ?? undefined,
    visibility: acl === 'private' ? 'private' : undefined,
    uploadthing: { key: file.key, acl, ...(restart && { restart }) },
    parallel: 2,
    progress: () => ({ advance: () => undefined, end: () => undefined }),
    signal,
  });
  return stored;
}

interface Holder {
  readonly fileId: string;
  readonly status: string;
}

/** The file that has the key, as the refusal names it. */
function holderOf(error: unknown): Holder | null {
  if (!(error instanceof SlipwayError) || error.code !== 'file_key_taken') return null;
  const { fileId, status } = (error.details ?? {}) as Partial<Holder>;
  return fileId === undefined || status === undefined ? null : { fileId, status };
}

/** The earlier copy once it is ready; null when its bytes never came, or were not taken. */
async function settle(
  { slipway, file, signal }: CopyInput,
  { fileId, status }: Holder,
): Promise<SlipwayFile | null> {
  if (status === 'ready') return slipway.files.get(fileId, { signal });
  if (status !== 'pending' && status !== 'verifying')
    throw new CliError(
      'deleted_since',
      `${file.key} was copied before as ${fileId}, which is ${status} now. Its address stays as it is.`,
      EXIT.refused,
    );
  try {
    return await completeUpload({ slipway, signal }, fileId);
  } catch (error) {
    if (error instanceof SlipwayError && [404, 409, 410, 422].includes(error.status)) return null;
    throw error;
  }
}

const ATTEMPTS = 6;

/** Again and again where waiting may help, as while Slipway starts anew. */
export async function copyPatiently(input: CopyInput): Promise<Copied> {
  let reached = 0;
  const onBytes = (bytes: number) => {
    reached += bytes;
    input.onBytes(bytes);
  };
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await copyFile({ ...input, onBytes });
    } catch (error) {
      input.signal.throwIfAborted();
      input.onBytes(-reached);
      reached = 0;
      if (attempt === ATTEMPTS || !isPassing(error)) throw error;
      await sleep(1_000 * 2 ** (attempt - 1), undefined, { signal: input.signal });
    }
  }
}

const isPassing = (error: unknown) =>
  error instanceof SlipwayError &&
  (error.status === 0 || error.status === 429 || error.status >= 500);

async function digestsOf(path: string): Promise<{ sha256: string; md5: string }> {
  const sha256 = createHash('sha256');
  const md5 = createHash('md5');
  for await (const chunk of createReadStream(path)) {
    sha256.update(chunk);
    md5.update(chunk);
  }
  return { sha256: sha256.digest('hex'), md5: md5.digest('hex') };
}

/** Slipway's names have no paths and no control characters. */
function plainName(name: string): string {
  const last = name.split(/[/\\]/).findLast((part) => part !== '') ?? '';
  const plain = last.toWellFormed().replace(/\p{Cc}/gu, '');
  return plain.slice(-255) || 'file';
}

import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Lock, tryLock } from './lock.ts';
import { Refusal, reasonOf } from './refusal.ts';
import { damaged, type Json, readState, stringIn, writeState } from './state-file.ts';

export interface DataFolder {
  readonly path: string;
  /** The former owner did not leave in order; its processes may still be going down. */
  readonly afterCrash: boolean;
  readonly lock: Lock;
  /** Whoever starts from now on waits for us instead of giving up. */
  announceStop(): void;
}

/** An owner that is going down may take so long. */
const STOP_LIMIT_MS = 12_000;
/** An owner whose parent was killed needs a moment to notice. */
const NOTICE_MS = 500;

export async function openDataFolder(path: string, signal: AbortSignal): Promise<DataFolder> {
  try {
    makeFolder(path);
    // Postgres runs as another user when we are root and has to pass through.
    if (process.getuid?.() === 0) chmodSync(path, (statSync(path).mode & 0o777) | 0o011);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    readdirSync(path);
  } catch (error) {
    throw new Refusal(`DATA_DIR ${path} cannot be used: ${reasonOf(error)}`);
  }
  const { lock, wasStale } = await lockFolder(path, signal);
  const file = stoppingFile(path);
  const lockAndMark = {
    release() {
      lock.release();
      rmSync(file, { force: true });
    },
  };
  const announceStop = () => {
    try {
      writeFileSync(file, String(process.pid));
    } catch {
      // On a full disk the next start gives up instead of waiting; no reason not to stop in order.
    }
  };
  return { path, afterCrash: wasStale, lock: lockAndMark, announceStop };
}

const stoppingFile = (path: string): string => join(path, 'stopping');

async function lockFolder(path: string, signal: AbortSignal) {
  const began = Date.now();
  for (;;) {
    const attempt = tryLock(join(path, 'lock'));
    if (attempt.held) return attempt;
    const limit = isStopping(path, attempt.owner) ? STOP_LIMIT_MS : NOTICE_MS;
    if (Date.now() - began > limit) {
      throw new Refusal(
        `Already running: process ${attempt.owner} uses DATA_DIR ${path}. Stop that one, or set DATA_DIR to another folder.`,
      );
    }
    await sleep(100, undefined, { signal });
  }
}

function isStopping(path: string, owner: number): boolean {
  try {
    return Number(readFileSync(stoppingFile(path), 'utf8')) === owner;
  } catch {
    return false;
  }
}

/**
 * Folder by folder: `mkdirSync` with `recursive` never returns where a file system
 * answers ENOENT for a folder whose parent exists, as /proc does.
 */
function makeFolder(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) return;
  if (found) throw new Error('it is a file, not a folder');
  makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}

export interface Secrets {
  readonly slipwaySecret: string;
  readonly photoestateSecret: string;
  /** As in ENCRYPTION_KEYS: lost, and the buckets of projects have to be connected anew. */
  readonly encryptionKeys: string;
  /** PhotoEstate Pro's key to its project in Slipway; known once the first boot is through. */
  readonly photoestateApiKey: string | undefined;
  /** Only until the first boot is through. */
  readonly firstBoot: FirstBootSecrets | undefined;
}

/**
 * What the first boot gives out, kept before it is used: a boot that died half-way is repeated with
 * the same, and so knows its own accounts and keys from those of others.
 */
export interface FirstBootSecrets {
  readonly demoPassword: string;
  readonly demoApiKey: string;
  readonly photoestateApiKey: string;
}

const secretsFile = (dataDir: string): string => join(dataDir, 'secrets.json');

/** `embedded`: the database lies in the same folder, so the two must belong together. */
export function openSecrets(dataDir: string, embedded: boolean): Secrets {
  const file = secretsFile(dataDir);
  const state = readState(file);
  if (state === undefined) {
    // New secrets beside old data would end every session and signed URL without a word.
    if (embedded && hasCluster(dataDir)) {
      throw damaged(file, 'it is missing, though there is a database beside it');
    }
    const fresh = {
      slipwaySecret: randomBytes(32).toString('base64url'),
      photoestateSecret: randomBytes(32).toString('base64url'),
      encryptionKeys: newEncryptionKey(),
      photoestateApiKey: undefined,
      firstBoot: undefined,
    };
    saveSecrets(dataDir, fresh);
    return fresh;
  }
  const slipwaySecret = stringIn(state, 'slipwaySecret');
  const photoestateSecret = stringIn(state, 'photoestateSecret');
  if (!slipwaySecret) throw damaged(file, 'slipwaySecret is missing');
  if (!photoestateSecret) throw damaged(file, 'photoestateSecret is missing');
  const photoestateApiKey = stringIn(state, 'photoestateApiKey');
  if (embedded && photoestateApiKey && !hasCluster(dataDir)) {
    throw damaged(
      join(dataDir, 'postgres'),
      'the database is missing, though its secrets are here',
    );
  }
  const firstBoot = firstBootIn(state);
  const known = stringIn(state, 'encryptionKeys');
  const secrets = {
    slipwaySecret,
    photoestateSecret,
    encryptionKeys: known ?? newEncryptionKey(),
    photoestateApiKey,
    firstBoot,
  };
  // A folder of a time before there were any: nothing is sealed yet, and what will be has to be opened again.
  if (known === undefined) saveSecrets(dataDir, secrets);
  return secrets;
}

/** Its id is random, too, so that two machines' keys are told apart. */
const newEncryptionKey = (): string =>
  `k${randomBytes(4).toString('hex')}:${randomBytes(32).toString('hex')}`;

function firstBootIn(state: Json): FirstBootSecrets | undefined {
  const demoPassword = stringIn(state, 'firstBoot', 'demoPassword');
  const demoApiKey = stringIn(state, 'firstBoot', 'demoApiKey');
  const photoestateApiKey = stringIn(state, 'firstBoot', 'photoestateApiKey');
  if (!demoPassword || !demoApiKey || !photoestateApiKey) return undefined;
  return { demoPassword, demoApiKey, photoestateApiKey };
}

const hasCluster = (dataDir: string): boolean => existsSync(join(dataDir, 'postgres', 'cluster'));

export function saveSecrets(dataDir: string, secrets: Secrets): void {
  writeState(secretsFile(dataDir), { ...secrets });
}

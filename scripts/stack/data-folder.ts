import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { type Lock, tryLock } from './lock.ts';
import { Refusal, reasonOf } from './refusal.ts';
import { damaged, type Json, readState, stringIn, writeState } from './state-file.ts';

export interface DataFolder {
  readonly path: string;
  /** The former owner did not leave in order; its processes may still be going down. */
  readonly afterCrash: boolean;
  readonly lock: Lock;
}

export function openDataFolder(path: string): DataFolder {
  try {
    makeFolder(path);
    // Postgres runs as another user when we are root and has to pass through.
    if (process.getuid?.() === 0) chmodSync(path, (statSync(path).mode & 0o777) | 0o011);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    readdirSync(path);
  } catch (error) {
    throw new Refusal(`DATA_DIR ${path} cannot be used: ${reasonOf(error)}`);
  }
  const attempt = tryLock(join(path, 'lock'));
  if (attempt.held) return { path, afterCrash: attempt.wasStale, lock: attempt.lock };
  throw new Refusal(
    `Already running: process ${attempt.owner} uses DATA_DIR ${path}. Stop that one, or set DATA_DIR to another folder.`,
  );
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
  return { slipwaySecret, photoestateSecret, photoestateApiKey, firstBoot };
}

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

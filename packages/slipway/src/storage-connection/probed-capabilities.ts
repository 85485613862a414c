import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Db } from '@repo/foundation/db';
import type { Logger } from '@repo/foundation/telemetry';
import { eq } from 'drizzle-orm';
import { type Capabilities, UNPROBED } from '../storage/capabilities.ts';
import type { S3Options } from '../storage/s3/client.ts';
import { probeStorage } from '../storage/s3/probe/probe.ts';
import { storageProbe } from './table.ts';

/** A process believes what it read for so long; another one may have probed since. */
const BELIEVED_MS = 60_000;
/** Servers are updated. */
const STALE_MS = 7 * 86_400_000;
/** A server that could not be probed is left alone for so long. */
const AGAIN_MS = 60_000;
/** Whoever asks first waits so long for what probing finds out. */
const PATIENCE_MS = 10_000;

/** Names a bucket and the key that opens it: what one key may do says nothing about another. */
export function fingerprintOf(options: S3Options): string {
  const { endpoint = null, region, bucket, forcePathStyle, accessKeyId } = options;
  return createHash('sha256')
    .update(JSON.stringify([endpoint, region, bucket, forcePathStyle, accessKeyId]))
    .digest('hex');
}

export async function saveProbe(
  db: Db,
  { options, capabilities, at }: { options: S3Options; capabilities: Capabilities; at: Date },
): Promise<void> {
  const values = { capabilities, probedAt: at };
  await db
    .insert(storageProbe)
    .values({ fingerprint: fingerprintOf(options), ...values })
    .onConflictDoUpdate({ target: storageProbe.fingerprint, set: values });
}

/**
 * What a bucket was found to be capable of. One that nobody probed yet, or not for long, is probed
 * now; until something is known, what is safe to assume.
 */
export function probedCapabilities(wiring: {
  db: Db;
  log: Logger;
  options: S3Options;
}): () => Promise<Capabilities> {
  const { db, log, options } = wiring;
  const fingerprint = fingerprintOf(options);
  let known: { capabilities: Capabilities; readAt: number } | undefined;
  let reading: Promise<Capabilities> | undefined;
  let probing = false;
  let notBefore = 0;

  async function probe(): Promise<void> {
    if (probing || Date.now() < notBefore) return;
    probing = true;
    notBefore = Date.now() + AGAIN_MS;
    try {
      const capabilities = await probeStorage(options);
      await saveProbe(db, { options, capabilities, at: new Date() });
      known = { capabilities, readAt: Date.now() };
    } catch (error) {
      log.warn({ err: error, bucket: options.bucket }, 'a storage could not be probed');
    } finally {
      probing = false;
    }
  }

  async function read(): Promise<Capabilities> {
    const [row] = await db
      .select()
      .from(storageProbe)
      .where(eq(storageProbe.fingerprint, fingerprint));
    const isStale = row === undefined || Date.now() - row.probedAt.getTime() > STALE_MS;
    const probing = isStale ? probe() : undefined;
    if (row !== undefined) known = { capabilities: row.capabilities, readAt: Date.now() };
    else await Promise.race([probing, wait(PATIENCE_MS, undefined, { ref: false })]);
    return known?.capabilities ?? UNPROBED;
  }

  return async () => {
    if (known !== undefined && Date.now() - known.readAt < BELIEVED_MS) return known.capabilities;
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return reading;
  };
}

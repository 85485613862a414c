import { and, asc, desc, eq, sql, sum } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { file } from '../file/table.ts';
import { requireProjectAsUser } from '../project/internal.ts';
import { usageOf } from '../usage/usage-of.ts';
import { isHeld } from '../usage/usage-of-uploaders.ts';
import { NO_KEYS, openCredentials, s3OptionsOf } from './credentials.ts';
import { connectionView } from './internal.ts';
import { moveView } from './move/move-view.ts';
import { fingerprintOf } from './probed-capabilities.ts';
import type { ConnectedStorage, ProjectStorages, StorageUse } from './schema.ts';
import { type StorageConnection, storageConnection, storageMove, storageProbe } from './table.ts';

/** A project's storages: its own buckets, that of the configuration, and what is in each. */
export async function listStorages(
  ctx: SlipwayContext,
  projectId: string,
): Promise<ProjectStorages> {
  const { storageId: currentId } = await requireProjectAsUser(ctx, projectId, 'project.read');
  const [rows, [move]] = await Promise.all([
    ctx.db
      .select()
      .from(storageConnection)
      .where(eq(storageConnection.projectId, projectId))
      .orderBy(asc(storageConnection.createdAt)),
    ctx.db
      .select()
      .from(storageMove)
      .where(eq(storageMove.projectId, projectId))
      .orderBy(desc(storageMove.createdAt))
      .limit(1),
  ]);
  const use = await (rows.length === 0 ? useOfStandard : useByStorage)(ctx, projectId);
  const nothing = { files: 0, bytes: 0 };
  const connections = await Promise.all(
    rows.map(
      async (row): Promise<ConnectedStorage> => ({
        ...connectionView(row),
        ...(use.get(row.id) ?? nothing),
        ...(await probeOf(ctx, row)),
      }),
    ),
  );
  return {
    currentId,
    standard: { kind: ctx.storages.default.kind, ...(use.get(null) ?? nothing) },
    connections,
    move: move === undefined ? null : await moveView(ctx.db, move),
    obstacle: ctx.buckets.keys === null ? NO_KEYS : null,
  };
}

type UseByStorage = Map<string | null, StorageUse>;

/** Without buckets of its own all of a project is in one place, and its sum is kept. */
async function useOfStandard(ctx: SlipwayContext, projectId: string): Promise<UseByStorage> {
  const { files, bytes, reservedFiles, reservedBytes } = await usageOf(ctx.db, projectId);
  return new Map([[null, { files: files + reservedFiles, bytes: bytes + reservedBytes }]]);
}

async function useByStorage(ctx: SlipwayContext, projectId: string): Promise<UseByStorage> {
  const rows = await ctx.db
    .select({
      id: file.storageId,
      files: sql`count(*) filter (where ${file.uploadKind} <> 'tus_partial')`.mapWith(Number),
      bytes: sum(file.size).mapWith(Number),
    })
    .from(file)
    .where(and(eq(file.projectId, projectId), isHeld))
    .groupBy(file.storageId);
  return new Map(rows.map(({ id, files, bytes }) => [id, { files, bytes: bytes ?? 0 }]));
}

async function probeOf(
  ctx: SlipwayContext,
  row: StorageConnection,
): Promise<Pick<ConnectedStorage, 'capabilities' | 'probedAt'>> {
  const unknown = { capabilities: null, probedAt: null };
  try {
    const credentials = openCredentials(ctx.buckets, row);
    const options = s3OptionsOf(row.address, { credentials, network: undefined });
    const [probe] = await ctx.db
      .select()
      .from(storageProbe)
      .where(eq(storageProbe.fingerprint, fingerprintOf(options)));
    if (probe === undefined) return unknown;
    return { capabilities: probe.capabilities, probedAt: probe.probedAt.toISOString() };
  } catch (error) {
    ctx.log.error(
      { err: error, storageId: row.id },
      'the credentials of a storage cannot be opened',
    );
    return unknown;
  }
}

import { recordAudit } from '@repo/foundation/audit';
import { newId } from '@repo/foundation/ids';
import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { lockProject, requireProjectAsUser } from '../project/internal.ts';
import type { Storage } from '../storage/storage.ts';
import { requireKeys, sealCredentials } from './credentials.ts';
import { requireAllowedEndpoint } from './endpoint.ts';
import { examine, hasProblems, openForExamination } from './examine.ts';
import { connectionView } from './internal.ts';
import { isSamePlace } from './move/same-place.ts';
import { type ConnectOutcome, ConnectStorage } from './schema.ts';
import { type BucketAddress, storageConnection } from './table.ts';

/** More than anybody needs, few enough for each to be looked at. */
const MOST_CONNECTIONS = 20;

/**
 * Makes a bucket one of the project's storages; nothing is sent there yet. The doctor looks at it first,
 * and what it calls a problem is a refusal, unless that is wanted all the same.
 *
 * @throws `validation_failed` for an address that may not be reached, `conflict` for a bucket that is a
 * storage of this project already, `unavailable` when there is no key to seal credentials with.
 */
export async function connectStorage(
  ctx: SlipwayContext,
  input: ConnectStorage,
): Promise<ConnectOutcome> {
  const { projectId, name, origin, force, mend, ...bucket } = ConnectStorage.parse(input);
  const { accessKeyId, secretAccessKey, ...address } = bucket;
  const credentials = { accessKeyId, secretAccessKey };
  await requireProjectAsUser(ctx, projectId, 'project.manage');
  const keys = requireKeys(ctx.buckets);
  await requireAllowedEndpoint(ctx.buckets, address.endpoint);
  await requireNew(ctx, { projectId, address });

  const report = await examine(ctx, { address, credentials, origin, mend });
  if (hasProblems(report) && !force) return { outcome: 'refused', report };
  // A bucket that nothing can be put into is no other's double either.
  if (report.capabilities !== null) {
    const storage = openForExamination(ctx, { address, credentials });
    await requireOtherPlace(ctx, { projectId, storage });
  }

  const id = newId('sto');
  const row = await ctx.db.transaction(async (tx) => {
    const { organizationId } = await lockProject(tx, projectId);
    const [inserted] = await tx
      .insert(storageConnection)
      .values({
        id,
        projectId,
        name,
        address,
        ...sealCredentials(keys, { id, credentials }),
        createdAt: ctx.now(),
        updatedAt: ctx.now(),
      })
      .returning();
    if (inserted === undefined) throw new Error('the new connection was not returned');
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'storage_connection.connected',
      entityId: id,
      data: {
        projectId,
        name,
        address,
        accessKeyHint: inserted.accessKeyHint,
        force,
        mended: report.mended,
      },
    });
    return inserted;
  });
  return { outcome: 'connected', connection: connectionView(row), report };
}

async function requireNew(
  ctx: SlipwayContext,
  { projectId, address }: { projectId: string; address: BucketAddress },
): Promise<void> {
  const others = await ctx.db
    .select({ name: storageConnection.name, address: storageConnection.address })
    .from(storageConnection)
    .where(eq(storageConnection.projectId, projectId));
  if (others.length >= MOST_CONNECTIONS) {
    throw slipwayError(
      'conflict',
      `A project has at most ${MOST_CONNECTIONS} storages; disconnect one that it does not need.`,
    );
  }
  const same = others.find(
    (other) =>
      other.address.bucket === address.bucket && other.address.endpoint === address.endpoint,
  );
  if (same !== undefined) throw connectedAlready(same.name);
}

/** Under another address it may be a bucket that is a storage already. */
async function requireOtherPlace(
  ctx: SlipwayContext,
  { projectId, storage }: { projectId: string; storage: Storage },
): Promise<void> {
  if (await isSamePlace({ projectId }, storage, ctx.storages.default))
    throw slipwayError('conflict', 'This is the bucket in which this Slipway keeps its files.');
  const others = await ctx.db
    .select({ id: storageConnection.id, name: storageConnection.name })
    .from(storageConnection)
    .where(eq(storageConnection.projectId, projectId));
  for (const { id, name } of others) {
    const other = await ctx.storages.of(id).catch(() => null);
    // Of one that cannot be used nobody can tell; a move asks again.
    const same =
      other !== null && (await isSamePlace({ projectId }, storage, other).catch(() => false));
    if (same) throw connectedAlready(name);
  }
}

function connectedAlready(name: string) {
  return slipwayError('conflict', `This bucket is connected already, as "${name}".`);
}

import type { Tx } from '@repo/foundation/db';
import { failpoint } from '@repo/foundation/failpoint';
import type { z } from 'zod';
import type { SlipwayContext } from '../context.ts';
import { effectiveRules } from '../file/effective-rules.ts';
import { newIncomingKey, newObjectKey } from '../file/internal.ts';
import { insertWithinLimits, pendingRow, rulesFor } from '../file/request-upload.ts';
import type { RequestUpload } from '../file/schema.ts';
import { isTestActor } from '../file/test-mode.ts';
import { checkPlanSize, planOf } from '../plan/plan-of.ts';
import { requireProject } from '../project/internal.ts';
import type { Project } from '../project/table.ts';
import { checkScannable } from '../scan/check-scannable.ts';
import type { Storage } from '../storage/storage.ts';
import { loggingRefusals } from '../upload-log/refusals.ts';
import { signTusUrl } from './capability.ts';
import { finishIfWhole } from './finish.ts';
import { checkLimits, largestFile } from './limits.ts';
import { type TusState, tusUpload } from './table.ts';
import { mostBytesInParts, tusPartSize } from './tus-parts.ts';
import { loadUpload, type TusUpload } from './upload.ts';
import { useUploadToken, type VerifiedToken } from './upload-token.ts';
import { pieceWish, readWish } from './wish.ts';

export interface CreateTusUpload {
  projectId: string;
  /** Bytes; null when that is said later. */
  length: number | null;
  /** `Upload-Metadata`, as it came. */
  metadata: string | undefined;
  /** A piece of a later upload. */
  partial: boolean;
  token: VerifiedToken | undefined;
  /** What is announced, when it came in other words than `Upload-Metadata`. */
  wish?: z.output<typeof RequestUpload>;
  /** What else its transaction does. */
  onCreated?: (tx: Tx, fileId: string) => Promise<void>;
  /** Of an upload that is made of others: how it came, and what else its transaction does. */
  concat?: {
    header: string;
    takeOver: (tx: Tx) => Promise<void>;
    onCreated: (tx: Tx, fileId: string) => Promise<void>;
  };
}

export interface CreatedUpload extends TusUpload {
  url: string;
}

/**
 * Announces a file that comes by tus: permission, rules, quota, and a `pending` row like any other.
 * One without bytes is whole at once.
 *
 * @throws what `requestUpload` throws, and `upload_token_used_up`.
 */
export async function createTusUpload(
  ctx: SlipwayContext,
  call: CreateTusUpload,
): Promise<CreatedUpload> {
  const { length, partial } = call;
  const project = await requireProject(ctx, call.projectId, 'file.upload');
  const limits = call.token?.limits;
  const wish = call.wish ?? (partial ? pieceWish(length) : readWish({ ...call, limits }));
  const create = () => createWished(ctx, { ...call, project, wish });
  return partial ? create() : loggingRefusals(ctx, { projectId: project.id, upload: wish }, create);
}

type Wished = CreateTusUpload & { project: Project; wish: z.output<typeof RequestUpload> };

async function createWished(ctx: SlipwayContext, call: Wished): Promise<CreatedUpload> {
  const { length, partial, token, concat, project, wish } = call;
  const limits = token?.limits;
  const rules = partial
    ? effectiveRules(
        project.rules,
        { route: limits?.route, rules: limits?.rules },
        { now: ctx.now(), isTest: isTestActor(ctx.actor) },
      )
    : rulesFor(ctx, { project, upload: wish });
  checkLimits({ ...wish, piece: partial, sized: length !== null }, { rules, limits });
  if (!partial) checkScannable(ctx, { size: length ?? 0, policy: project.rules.scan });

  const plan = await planOf(ctx, project.organizationId);
  checkPlanSize(wish.size, plan);

  const storage = await ctx.storages.of(project.storageId);
  const { fileBytes } = plan;
  const most = Math.min(largestFile(rules, limits), fileBytes ?? Number.MAX_SAFE_INTEGER);
  const layout = await layoutOf(storage, { projectId: project.id, length, most });
  const expiresAt = new Date(ctx.now().getTime() + ctx.config.uploadSessionTtlSeconds * 1000);
  const row = pendingRow(ctx, {
    key: newObjectKey(project.id, wish.name, rules.keyPrefix),
    project,
    expiresAt,
    upload: wish,
    rules,
  });
  const state: TusState = length === null ? { maxSize: layout.most, minSize: rules.minSize } : {};
  await insertWithinLimits(ctx, {
    project,
    values: {
      ...row,
      uploadKind: partial ? 'tus_partial' : 'tus',
      ...layout.columns,
      sizeDeferred: length === null,
    },
    before: concat?.takeOver,
    more: async (tx) => {
      await tx.insert(tusUpload).values({
        fileId: row.id,
        length,
        metadata: call.metadata ?? null,
        concat: partial ? 'partial' : (concat?.header ?? null),
        state,
      });
      const use = partial
        ? { files: 0, pieces: 1, pieceBytes: length ?? layout.most }
        : { files: 1, pieces: 0, pieceBytes: 0 };
      if (token !== undefined) await useUploadToken(tx, { token, use });
      await concat?.onCreated(tx, row.id);
      await call.onCreated?.(tx, row.id);
    },
  });
  failpoint('tus.after-row');
  const upload = await loadUpload(ctx, row.id);
  const url = signTusUrl(ctx, { fileId: row.id, expiresAt });
  return { ...upload, row: await finishIfWhole(ctx, upload), url };
}

/** How the bytes will lie in the storage, and the most of them. */
async function layoutOf(
  storage: Storage,
  { projectId, length, most }: { projectId: string; length: number | null; most: number },
): Promise<{ most: number; columns: { partSize: number | null; incomingKey: string | null } }> {
  if (storage.appendFiles !== null) return { most, columns: { partSize: null, incomingKey: null } };
  const can = await storage.capabilities();
  const limit = Math.min(most, mostBytesInParts(can));
  const partSize = tusPartSize(length ?? limit, can);
  // There what does not fill a part waits for the rest.
  return { most: limit, columns: { partSize, incomingKey: newIncomingKey(projectId) } };
}

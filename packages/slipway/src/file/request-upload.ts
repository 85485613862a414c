import type { Tx } from '@repo/foundation/db';
import { isUniqueViolation } from '@repo/foundation/errors';
import { failpoint } from '@repo/foundation/failpoint';
import { newId } from '@repo/foundation/ids';
import type { z } from 'zod';
import { armCallback } from '../callback/arm.ts';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { checkPlanSize, planOf } from '../plan/plan-of.ts';
import { requireProject } from '../project/internal.ts';
import type { Project } from '../project/table.ts';
import { checkScannable } from '../scan/check-scannable.ts';
import type { Storage } from '../storage/storage.ts';
import { loggingRefusals } from '../upload-log/refusals.ts';
import { adoptFileKey, freeFileKey } from '../uploadthing/adopt-key.ts';
import { checkMetadata } from './check-metadata.ts';
import { checkUploadRules, checkVisibility } from './check-rules.ts';
import { type EffectiveRules, effectiveRules } from './effective-rules.ts';
import { insertRowsIn, type NewFile } from './insert-rows.ts';
import { insertTogether, needOf } from './insert-together.ts';
import { newIncomingKey, newObjectKey } from './internal.ts';
import { isCounted, reserve } from './limits.ts';
import { type PartLayout, partLayout } from './part-layout.ts';
import { RequestUpload, type UploadTicket } from './schema.ts';
import { isTestActor } from './test-mode.ts';
import { announcedBefore, ticketAgain } from './ticket-again.ts';
import { signUploadSession } from './upload-session.ts';

type Upload = z.output<typeof RequestUpload>;

/**
 * Announces a file: permission, rules, a `pending` row, and a URL that takes exactly this many bytes of
 * this type, once. Of an upload in parts it is the address that hands out the URLs of its parts.
 *
 * @throws `file_type_not_allowed`, `file_too_large`, `file_too_small`, `metadata_invalid`,
 * `file_limit_reached`, `storage_limit_reached`, `quota_exceeded`, `custom_id_taken`, `file_key_taken`.
 */
export async function requestUpload(
  ctx: SlipwayContext,
  call: { projectId: string; upload: RequestUpload },
): Promise<UploadTicket> {
  const project = await requireProject(ctx, call.projectId, 'file.upload');
  const upload = RequestUpload.parse(call.upload);
  // Such a file may be public where the project is not.
  if (upload.uploadthing !== undefined) await requireProject(ctx, project.id, 'file.update');
  const known = await announcedBefore(ctx, project);
  if (known !== null) return ticketAgain(ctx, known);
  return loggingRefusals(ctx, { projectId: project.id, upload }, () =>
    announce(ctx, { project, upload }),
  );
}

async function announce(
  ctx: SlipwayContext,
  { project, upload }: { project: Project; upload: Upload },
): Promise<UploadTicket> {
  const rules = rulesFor(ctx, { project, upload });
  checkUploadRules(upload, rules);
  checkPlanSize(upload.size, await planOf(ctx, project.organizationId));
  checkScannable(ctx, { size: upload.size, policy: project.rules.scan });
  const storage = await ctx.storages.of(project.storageId);
  const can = await storage.capabilities();
  const layout = upload.multipart === true && can.multipart ? partLayout(upload.size, can) : null;
  if (layout === null) return announceFile(ctx, { project, upload, rules, storage });
  return announceParts(ctx, { project, upload, rules, layout });
}

/** What holds for this upload, once what it says beside its name, size and type is right. */
export function rulesFor(
  ctx: SlipwayContext,
  { project, upload }: { project: Project; upload: Upload },
): EffectiveRules {
  const now = ctx.now();
  if (upload.replace === true && upload.customId === undefined) {
    throw slipwayError(
      'validation_failed',
      'Expected "customId" with "replace": it says of which file this is a new version.',
    );
  }
  if (upload.expiresAt !== undefined && new Date(upload.expiresAt) <= now) {
    throw slipwayError(
      'validation_failed',
      `Expected "expiresAt" to be a time to come, received ${upload.expiresAt}.`,
    );
  }
  const rules = effectiveRules(project.rules, upload, { now, isTest: isTestActor(ctx.actor) });
  checkVisibility(upload, { project, ...rules });
  for (const each of rules.metadata) checkMetadata(upload.metadata ?? {}, each);
  return rules;
}

interface Announcement {
  project: Project;
  upload: Upload;
  rules: EffectiveRules;
}

async function announceFile(
  ctx: SlipwayContext,
  { project, upload, rules, storage }: Announcement & { storage: Storage },
): Promise<UploadTicket> {
  checkStorageLimit(storage, upload.size);
  const { uploadUrlTtlSeconds } = ctx.config;
  const { createOnlyPut } = await storage.capabilities();
  const key = newObjectKey(project.id, upload.name, rules.keyPrefix);
  // Where a URL could be used again it must not point at the file itself.
  const incomingKey = createOnlyPut ? null : newIncomingKey(project.id);
  const expiresAt = new Date(ctx.now().getTime() + uploadUrlTtlSeconds * 1000);
  const grant = await storage.signUpload({
    key: incomingKey ?? key,
    size: upload.size,
    type: upload.type,
    expiresInSeconds: uploadUrlTtlSeconds,
    sha256: upload.sha256,
    // As it was just decided by, though a new probe may say otherwise meanwhile.
    createOnly: createOnlyPut,
  });
  const row = pendingRow(ctx, { key, project, upload, rules, expiresAt });
  await insertWithinLimits(ctx, {
    project,
    values: { ...row, incomingKey },
    ...beside(ctx, { fileId: row.id, project, upload }),
  });
  failpoint('announce.after-row');
  return { id: row.id, key, ...grant, expiresAt: expiresAt.toISOString() };
}

async function announceParts(
  ctx: SlipwayContext,
  { project, upload, rules, layout }: Announcement & { layout: PartLayout },
): Promise<UploadTicket> {
  const expiresAt = new Date(ctx.now().getTime() + ctx.config.uploadSessionTtlSeconds * 1000);
  const key = newObjectKey(project.id, upload.name, rules.keyPrefix);
  const row = pendingRow(ctx, { key, project, upload, rules, expiresAt });
  await insertWithinLimits(ctx, {
    project,
    values: { ...row, uploadKind: 'multipart', partSize: layout.partSize },
    ...beside(ctx, { fileId: row.id, project, upload }),
  });
  return {
    id: row.id,
    key,
    url: signUploadSession(ctx, { fileId: row.id, expiresAt }),
    method: 'POST',
    headers: {},
    expiresAt: expiresAt.toISOString(),
    multipart: layout,
  };
}

/** What else is written with an announced file's row, in its transaction. */
function beside(
  ctx: SlipwayContext,
  { fileId, project, upload }: { fileId: string; project: Project; upload: Upload },
) {
  const { callback, uploadthing: origin } = upload;
  if (callback === undefined && origin === undefined) return {};
  return {
    before: origin && ((tx: Tx) => freeFileKey(tx, ctx, { project, origin })),
    more: async (tx: Tx) => {
      if (callback !== undefined) await armCallback(tx, ctx, { fileId, callback });
      if (origin !== undefined) await adoptFileKey(tx, ctx, { project, origin, fileId });
    },
  };
}

function checkStorageLimit({ maxUploadBytes: limit }: Storage, size: number): void {
  if (limit === null || size <= limit) return;
  throw slipwayError(
    'file_too_large',
    `The storage takes files of up to ${limit} bytes in one PUT; this one has ${size}. Ask for it with "multipart": true.`,
    { details: { rule: 'maxUploadBytes', expected: limit, received: size } },
  );
}

/** A file that was announced and has no bytes yet. */
export function pendingRow(
  { once }: Pick<SlipwayContext, 'once'>,
  input: Announcement & { key: string; expiresAt: Date },
): NewFile {
  const { key, project, expiresAt, upload, rules } = input;
  return {
    id: once?.idOf('file') ?? newId('file'),
    projectId: project.id,
    storageId: project.storageId,
    uploadKind: 'single',
    incomingKey: null,
    partSize: null,
    key,
    name: upload.name,
    size: upload.size,
    type: upload.type,
    sha256: upload.sha256 ?? null,
    customId: upload.customId ?? null,
    metadata: upload.metadata ?? {},
    tags: upload.tags ?? [],
    folder: rules.folder,
    isPrivate: rules.isPrivate,
    route: upload.route ?? null,
    uploader: upload.uploader ?? null,
    isTest: rules.isTest,
    dedupe: rules.dedupe,
    isVersion: rules.isVersion,
    hasCallback: upload.callback !== undefined,
    imageRules: upload.type.startsWith('image/') ? rules.image : null,
    deleteAt: rules.deleteAt,
    confirmBy: rules.confirmBy,
    status: 'pending',
    expiresAt,
    sizeDeferred: false,
  };
}

/** Adds the row, if the project has room for it; `before` and `more` become part of the same transaction. */
export async function insertWithinLimits(
  ctx: SlipwayContext,
  input: {
    project: Project;
    values: NewFile;
    /** Gives room back that the file takes over. */
    before?: ((tx: Tx) => Promise<void>) | undefined;
    more?: ((tx: Tx) => Promise<void>) | undefined;
  },
): Promise<void> {
  const { project, values, before, more } = input;
  const by = { plan: await planOf(ctx, project.organizationId), now: ctx.now() };
  if (before === undefined && more === undefined) {
    return namingConflicts(values, insertTogether(ctx.db)({ project, values, ...by }));
  }
  await ctx.db.transaction(async (tx) => {
    await before?.(tx);
    if (isCounted(project.rules, by.plan)) {
      await reserve(tx, { projectId: project.id, ...by, ...needOf(values) });
    }
    await namingConflicts(values, insertRowsIn(tx, [values]));
    await more?.(tx);
  });
}

async function namingConflicts(values: NewFile, insert: PromiseLike<unknown>): Promise<void> {
  try {
    await insert;
  } catch (error) {
    if (isUniqueViolation(error, 'file_project_custom_id')) {
      throw slipwayError(
        'custom_id_taken',
        `Another file of this project has the customId "${values.customId}". Send replace: true to become its new version, or another customId.`,
        { cause: error },
      );
    }
    throw error;
  }
}

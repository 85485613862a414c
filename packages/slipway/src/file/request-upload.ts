import { preparedOn, type Tx } from '@repo/foundation/db';
import { isUniqueViolation } from '@repo/foundation/errors';
import { newId } from '@repo/foundation/ids';
import { and, count, eq, inArray, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { lockProject, requireProject } from '../project/internal.ts';
import type { Project } from '../project/table.ts';
import { checkUploadRules } from './check-rules.ts';
import { newObjectKey } from './internal.ts';
import { RequestUpload, type UploadTicket } from './schema.ts';
import { file } from './table.ts';

/**
 * Announces a file: permission, rules, a `pending` row, and a URL that takes
 * exactly this many bytes of this type, once.
 *
 * @throws `file_type_not_allowed`, `file_too_large`, `file_limit_reached`, `custom_id_taken`.
 */
export async function requestUpload(
  ctx: SlipwayContext,
  call: { projectId: string; upload: RequestUpload },
): Promise<UploadTicket> {
  const project = await requireProject(ctx, call.projectId);
  const upload = RequestUpload.parse(call.upload);
  checkUploadRules(upload, project.rules);
  checkStorageLimit(ctx, upload.size);

  const id = newId('file');
  const key = newObjectKey(project.id, upload.name);
  const { uploadUrlTtlSeconds } = ctx.config;
  const expiresAt = new Date(ctx.now().getTime() + uploadUrlTtlSeconds * 1000);
  const grant = await ctx.storage.signUpload({
    key,
    size: upload.size,
    type: upload.type,
    expiresInSeconds: uploadUrlTtlSeconds,
    ...(upload.sha256 === undefined ? {} : { sha256: upload.sha256 }),
  });
  await insertWithinLimit(ctx, {
    project,
    values: pendingRow({ id, key, upload, expiresAt, projectId: project.id }),
  });
  return { id, key, ...grant, expiresAt: expiresAt.toISOString() };
}

function checkStorageLimit({ storage }: SlipwayContext, size: number): void {
  const limit = storage.maxUploadBytes;
  if (limit === null || size <= limit) return;
  throw slipwayError(
    'file_too_large',
    `The storage takes files of up to ${limit} bytes in one PUT; this one has ${size}.`,
    { details: { rule: 'maxUploadBytes', expected: limit, received: size } },
  );
}

const PENDING_COLUMNS = [
  'id',
  'projectId',
  'key',
  'name',
  'size',
  'type',
  'sha256',
  'status',
  'customId',
  'metadata',
  'expiresAt',
] as const;

type NewRow = Required<Pick<typeof file.$inferInsert, (typeof PENDING_COLUMNS)[number]>>;

const insertPending = preparedOn((db) =>
  db
    .insert(file)
    .values(
      Object.fromEntries(PENDING_COLUMNS.map((name) => [name, sql.placeholder(name)])) as {
        [K in keyof NewRow]: ReturnType<typeof sql.placeholder>;
      },
    )
    .prepare('file_insert_pending'),
);

function pendingRow(input: {
  id: string;
  key: string;
  projectId: string;
  expiresAt: Date;
  upload: z.output<typeof RequestUpload>;
}): NewRow {
  const { upload, ...rest } = input;
  return {
    ...rest,
    name: upload.name,
    size: upload.size,
    type: upload.type,
    sha256: upload.sha256 ?? null,
    customId: upload.customId ?? null,
    metadata: upload.metadata ?? {},
    status: 'pending',
  };
}

async function insertWithinLimit(
  ctx: SlipwayContext,
  input: { project: Project; values: NewRow },
): Promise<void> {
  const { project, values } = input;
  const { maxFiles } = project.rules;
  if (maxFiles === null) return namingConflicts(values, insertPending(ctx.db).execute(values));
  await ctx.db.transaction(async (tx) => {
    // One at a time per project, or two uploads could both be the last allowed one.
    await lockProject(tx, project.id);
    const [held] = await tx
      .select({ files: count() })
      .from(file)
      .where(
        and(
          eq(file.projectId, project.id),
          inArray(file.status, ['pending', 'verifying', 'ready']),
        ),
      );
    const files = held?.files ?? 0;
    if (files >= maxFiles) {
      throw slipwayError(
        'file_limit_reached',
        `This project holds up to ${maxFiles} files and has ${files}.`,
        {
          details: { rule: 'maxFiles', expected: maxFiles, received: files + 1 },
        },
      );
    }
    await namingConflicts(values, insertIn(tx, values));
  });
}

const insertIn = (tx: Tx, values: NewRow) => tx.insert(file).values(values);

async function namingConflicts(values: NewRow, insert: PromiseLike<unknown>): Promise<void> {
  try {
    await insert;
  } catch (error) {
    if (isUniqueViolation(error, 'file_project_custom_id')) {
      throw slipwayError(
        'custom_id_taken',
        `Another file of this project has the customId "${values.customId}".`,
        {
          cause: error,
        },
      );
    }
    throw error;
  }
}

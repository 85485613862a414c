import { and, desc, eq, inArray, isNull, ne } from 'drizzle-orm';
import { file } from '../file/table.ts';
import { requireProject } from '../project/internal.ts';
import { keyOf } from './find-file.ts';
import { ListFiles } from './rest-schema.ts';
import { uploadthingFile } from './table.ts';
import type { UploadthingCaller } from './verify-key.ts';

/** Our states in UploadThing's words; what expired or was deleted is no file any more. */
const WORDS = new Map([
  ['pending', 'Uploading'],
  ['verifying', 'Uploading'],
  ['ready', 'Uploaded'],
  ['rejected', 'Failed'],
  ['failed', 'Failed'],
] as const);

/** The app's files, newest first, however they came. */
export async function listUploadthingFiles({ ctx, project }: UploadthingCaller, input: unknown) {
  await requireProject(ctx, project.id, 'file.read');
  const { limit, offset } = ListFiles.parse(input);
  const found = await ctx.db
    .select({ row: file, upload: uploadthingFile })
    .from(file)
    .leftJoin(uploadthingFile, eq(uploadthingFile.fileId, file.id))
    .where(
      and(
        eq(file.projectId, project.id),
        ne(file.uploadKind, 'tus_partial'),
        inArray(file.status, [...WORDS.keys()]),
        eq(file.isTest, false),
        isNull(file.replacedBy),
      ),
    )
    .orderBy(desc(file.createdAt), desc(file.id))
    .limit(limit + 1)
    .offset(offset);
  const words: ReadonlyMap<string, string> = WORDS;
  return {
    hasMore: found.length > limit,
    files: found.slice(0, limit).map((each) => ({
      id: each.row.id,
      customId: each.row.customId,
      key: keyOf(each),
      name: each.row.name,
      size: each.row.size,
      status: words.get(each.row.status) ?? 'Failed',
      uploadedAt: (each.row.readyAt ?? each.row.createdAt).getTime(),
    })),
  };
}

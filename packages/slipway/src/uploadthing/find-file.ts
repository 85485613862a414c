import { and, eq, inArray, ne, type SQL } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { addressOf, hasAddress } from '../file/address.ts';
import { type FileRow, file, isHolding } from '../file/table.ts';
import { type UploadthingFileRow, uploadthingFile } from './table.ts';

export interface FoundFile {
  row: FileRow;
  /** Null of a file that came another way; its own key is its key here, too. */
  upload: UploadthingFileRow | null;
}

/** How SDKs name files. */
export interface FileNames {
  fileKeys: readonly string[];
  customIds: readonly string[];
}

export const keyOf = ({ row, upload }: FoundFile) => upload?.key ?? addressOf(row);

const filesOf = (ctx: SlipwayContext, projectId: string, match: SQL | undefined) =>
  ctx.db
    .select({ row: file, upload: uploadthingFile })
    .from(file)
    .leftJoin(uploadthingFile, eq(uploadthingFile.fileId, file.id))
    .where(and(eq(file.projectId, projectId), ne(file.uploadKind, 'tus_partial'), match));

/** A file by any of its names: an SDK's key, ours, or its customId. */
export async function findFile(
  ctx: SlipwayContext,
  { projectId, any }: { projectId: string; any: string },
): Promise<FoundFile | undefined> {
  const names: FileNames = { fileKeys: [any], customIds: [] };
  const [byKey] = await findFiles(ctx, { projectId, names });
  if (byKey !== undefined) return byKey;
  const [byId] = await findFiles(ctx, { projectId, names: { fileKeys: [], customIds: [any] } });
  return byId;
}

/** Those there are of them. A customId is that of the file that has it now. */
export async function findFiles(
  ctx: SlipwayContext,
  { projectId, names }: { projectId: string; names: FileNames },
): Promise<FoundFile[]> {
  const { fileKeys, customIds } = names;
  const found: FoundFile[] = [];
  if (fileKeys.length > 0) {
    // Each by the index that it has: an `or` over two tables would have none.
    found.push(
      ...(await ctx.db
        .select({ row: file, upload: uploadthingFile })
        .from(uploadthingFile)
        .innerJoin(file, eq(file.id, uploadthingFile.fileId))
        .where(
          and(
            eq(uploadthingFile.projectId, projectId),
            inArray(uploadthingFile.key, [...fileKeys]),
          ),
        )),
      ...(await filesOf(ctx, projectId, hasAddress(...fileKeys))),
    );
  }
  if (customIds.length > 0) {
    const match = and(inArray(file.customId, [...customIds]), isHolding(), eq(file.isTest, false));
    if (match !== undefined) found.push(...(await filesOf(ctx, projectId, match)));
  }
  return [...new Map(found.map((each) => [each.row.id, each])).values()];
}

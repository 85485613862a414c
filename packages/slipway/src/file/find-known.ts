import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { requireProject } from '../project/internal.ts';
import { FindKnownFiles, type KnownFile } from './list-schema.ts';
import { file } from './table.ts';

/**
 * Which of these digests ready files of the project have, each with the newest file's name, so that nothing is
 * uploaded twice unasked. Older versions are history, and test files are over soon: neither counts.
 */
export async function findKnownFiles(
  ctx: SlipwayContext,
  input: FindKnownFiles,
): Promise<KnownFile[]> {
  const project = await requireProject(ctx, input.projectId, 'file.read');
  const { digests } = FindKnownFiles.parse(input);
  const rows = await ctx.db
    .selectDistinctOn([file.sha256], { sha256: file.sha256, name: file.name })
    .from(file)
    .where(
      and(
        eq(file.projectId, project.id),
        inArray(file.sha256, digests),
        sql`${file.status} = 'ready'`,
        isNull(file.replacedBy),
        eq(file.isTest, false),
      ),
    )
    .orderBy(file.sha256, desc(file.createdAt), desc(file.id));
  return rows.flatMap(({ sha256, name }) => (sha256 === null ? [] : { sha256, name }));
}

import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { type FileRow, file } from '../file/table.ts';
import { type Project, project } from '../project/table.ts';
import { tusUpload } from './table.ts';

export type TusRow = typeof tusUpload.$inferSelect;

export interface TusUpload {
  row: FileRow;
  tus: TusRow;
  project: Project;
}

/** The upload as it is now. Its project may be deleted: then there is no such upload. */
export async function loadUpload(ctx: SlipwayContext, fileId: string): Promise<TusUpload> {
  const [found] = await ctx.db
    .select({ row: file, tus: tusUpload, project })
    .from(tusUpload)
    .innerJoin(file, eq(file.id, tusUpload.fileId))
    .innerJoin(project, eq(project.id, file.projectId))
    .where(eq(tusUpload.fileId, fileId));
  if (found === undefined || found.project.deletedAt !== null)
    throw slipwayError('not_found', 'There is no such upload.');
  return found;
}

/** Made of pieces by us: it takes no bytes from anybody. */
export const isFinal = ({ tus }: Pick<TusUpload, 'tus'>) =>
  tus.concat?.startsWith('final;') === true;

/** All bytes are there, and it is known that these are all. */
export const isWhole = ({ tus }: Pick<TusUpload, 'tus'>) => tus.offset === tus.length;

import type { Tx } from '@repo/foundation/db';
import { and, eq, ne } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { brandingOf } from '../organization/branding.ts';
import { discardFilesJob } from '../work/jobs.ts';
import { markOf } from './copies.ts';
import { deliveryCopy } from './table.ts';

/** Whoever is saving one right now has it by then. */
const LATER_SECONDS = 3600;
/** As many as one job takes. */
const PIECE = 100;

/** Removes copies with an earlier name across them, once there is one with the present name. */
export async function dropEarlierMarks(
  tx: Tx,
  ctx: Context,
  about: { sourceFileId: string; kind: string; organizationId: string },
): Promise<void> {
  const mark = markOf(await brandingOf(tx, about.organizationId));
  const same = and(
    eq(deliveryCopy.sourceFileId, about.sourceFileId),
    eq(deliveryCopy.kind, about.kind),
  );
  const present = await tx.$count(deliveryCopy, and(same, eq(deliveryCopy.mark, mark)));
  if (present === 0) return;
  const gone = await tx
    .delete(deliveryCopy)
    .where(and(same, ne(deliveryCopy.mark, mark), ne(deliveryCopy.mark, '')))
    .returning({ id: deliveryCopy.fileId });
  const ids = gone.map(({ id }) => id);
  for (let from = 0; from < ids.length; from += PIECE) {
    const payload = { fileIds: ids.slice(from, from + PIECE) };
    await ctx.queue.enqueue(tx, discardFilesJob, { payload, delaySeconds: LATER_SECONDS });
  }
}

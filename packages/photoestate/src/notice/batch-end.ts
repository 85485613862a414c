import type { Tx } from '@repo/foundation/db';
import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { type EnhancementRow, enhancement } from '../enhancement/table.ts';
import { listing } from '../listing/table.ts';
import { notify } from './notify.ts';

const MOST_REASONS = 3;

/**
 * Tells of all that ended in a listing since it was told last, in one notice: to be called under the
 * listing's lock, when nothing is under way there any more. Each version is told once.
 */
export async function tellBatchEnd(tx: Tx, ctx: Context, listingId: string): Promise<void> {
  const ended = await tx
    .update(enhancement)
    .set({ noticedAt: ctx.now() })
    .where(
      and(
        eq(enhancement.listingId, listingId),
        inArray(enhancement.status, ['done', 'failed']),
        isNull(enhancement.noticedAt),
      ),
    )
    .returning();
  const [first] = ended;
  if (first === undefined) return;
  const [home] = await tx
    .select({ organizationId: listing.organizationId, address: listing.address })
    .from(listing)
    .where(eq(listing.id, listingId));
  if (home === undefined) return;
  const failed = ended.filter(({ status }) => status === 'failed');
  const done = ended.length - failed.length;
  const kind = failed.length > 0 ? 'enhancement_failed' : 'enhancements_done';
  await notify(tx, ctx, {
    organizationId: home.organizationId,
    kind,
    alsoKind: failed.length > 0 && done > 0 ? 'enhancements_done' : undefined,
    about: `${first.id}:${first.attempt}:${ctx.now().getTime()}`,
    title: `${home.address}: ${titleOf(done, failed.length)}`,
    body: bodyOf(done, failed),
    path: `/listings/${listingId}`,
    action: 'Open the listing',
    recipients: ended.map(({ createdBy }) => createdBy),
  });
}

const photos = (count: number) => `${count} ${count === 1 ? 'photo' : 'photos'}`;

function titleOf(done: number, failed: number): string {
  if (failed === 0) return `${photos(done)} finished`;
  if (done === 0) return `${photos(failed)} could not be enhanced`;
  return `${photos(done)} finished, ${failed} failed`;
}

function bodyOf(done: number, failed: readonly EnhancementRow[]): string {
  if (failed.length === 0) {
    return done === 1 ? 'It is ready to be looked at.' : 'They are ready to be looked at.';
  }
  const reasons = [...new Set(failed.map((row) => row.failureReason ?? row.failureCode ?? ''))];
  const more = reasons.length > MOST_REASONS ? ' There are more reasons on the listing.' : '';
  return `${reasons.slice(0, MOST_REASONS).join(' ')}${more} What failed costs no credit.`;
}

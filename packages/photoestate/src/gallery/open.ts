import { user } from '@repo/foundation/auth';
import type { Tx } from '@repo/foundation/db';
import { newId } from '@repo/foundation/ids';
import { eq, sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { publishListingEvent } from '../live/publish.ts';
import { hasMark } from './guest.ts';
import { type Gallery, OpenGallery } from './schema.ts';
import { type GalleryVisitorRow, galleryVisitor } from './table.ts';
import { viewGallery } from './view.ts';
import {
  enterAsMember,
  enterByLink,
  issuePass,
  type Pass,
  type ReadCookie,
  type Visit,
} from './visit.ts';

/** A reload, and coming back from another tab, is no second look. */
const ONE_LOOK_MS = 30 * 60_000;

export interface Opened {
  gallery: Gallery;
  /** For the browser to keep; null for members, who are known by being signed in. */
  pass: (Pass & { maxAge: number }) | null;
}

/** Lets a browser in by the link, and counts it. */
export async function openGallery(
  ctx: Context,
  { cookie, ...input }: OpenGallery & { cookie: ReadCookie },
): Promise<Opened> {
  const { token, pin } = OpenGallery.parse(input);
  const visit = await enterByLink(ctx, { token, pin, cookie });
  if (visit.studio) return { gallery: await viewGallery(ctx, visit), pass: null };
  const visitor = await count(ctx, visit);
  const gallery = await viewGallery(ctx, { ...visit, visitor });
  return { gallery, pass: issuePass(ctx, visit, visitor.id) };
}

/** Opens what was delivered to a signed-in client. */
export async function openDelivered(
  ctx: Context,
  { deliveryId }: { deliveryId: string },
): Promise<Opened> {
  const visit = await enterAsMember(ctx, deliveryId);
  if (visit.studio) return { gallery: await viewGallery(ctx, visit), pass: null };
  const visitor = await count(ctx, visit);
  return { gallery: await viewGallery(ctx, { ...visit, visitor }), pass: null };
}

async function count(ctx: Context, visit: Visit): Promise<GalleryVisitorRow> {
  const { delivery, listing, memberId, visitor } = visit;
  const now = ctx.now();
  return ctx.db.transaction(async (tx) => {
    await publishListingEvent(tx, ctx, { type: 'listing', listingId: listing.id });
    if (visitor !== null) {
      const looked = now.getTime() - visitor.lastSeenAt.getTime() > ONE_LOOK_MS ? 1 : 0;
      const [seen] = await tx
        .update(galleryVisitor)
        .set({ lastSeenAt: now, opened: sql`${galleryVisitor.opened} + ${looked}` })
        .where(eq(galleryVisitor.id, visitor.id))
        .returning();
      if (seen !== undefined) return seen;
    }
    const [person] =
      memberId === null
        ? []
        : await tx.select({ name: user.name }).from(user).where(eq(user.id, memberId));
    const [added] = await tx
      .insert(galleryVisitor)
      .values({
        id: newId('vis'),
        deliveryId: delivery.id,
        userId: memberId,
        name: person?.name ?? null,
        lastSeenAt: now,
        createdAt: now,
      })
      .onConflictDoUpdate({
        target: [galleryVisitor.deliveryId, galleryVisitor.userId],
        set: { lastSeenAt: now },
      })
      .returning();
    if (added === undefined) throw new Error('the visitor was not returned');
    await forgetSilent(tx, delivery.id);
    return added;
  });
}

/** Of those who left no mark, and of those who only downloaded: browsers that take no cookies are another one each time. */
const MOST_SILENT = 500;
const MOST_WHO_DOWNLOADED = 1_000;

async function forgetSilent(tx: Tx, deliveryId: string): Promise<void> {
  const kinds = [
    { are: sql`v.downloads = 0`, most: MOST_SILENT },
    { are: sql`v.downloads > 0`, most: MOST_WHO_DOWNLOADED },
  ];
  for (const { are, most } of kinds)
    await tx.execute(sql`
      delete from gallery_visitor where id in (
        select v.id from gallery_visitor v
        where v.delivery_id = ${deliveryId} and ${are} and not ${hasMark}
        order by v.last_seen_at desc, v.id offset ${most}
        for update skip locked
      )`);
}

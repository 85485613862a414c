import type { Tx } from '@repo/foundation/db';
import { and, eq, sql } from 'drizzle-orm';
import { appError } from '../errors.ts';
import {
  type DeliveryPhotoRow,
  deliveryPhoto,
  type GalleryVisitorRow,
  galleryVisitor,
} from './table.ts';
import type { Visit } from './visit.ts';

/** Who looks for the studio leaves no marks of a client. */
export function requireVisitor({ visitor }: Visit): GalleryVisitorRow {
  if (visitor !== null) return visitor;
  throw appError(
    'forbidden',
    'Only clients favourite, comment and decide. Answer from the listing.',
  );
}

/** More people than look at one listing; fewer than fill a table, each with a mark on every photo. */
const MOST_WITH_MARKS = 1_000;

/**
 * To be called before a visitor leaves a mark, under the delivery's lock: whoever opens a link without cookies is
 * another visitor each time. Those who have left one go on.
 *
 * @throws `conflict`
 */
export async function admitMark(
  tx: Tx,
  visitor: Pick<GalleryVisitorRow, 'id' | 'deliveryId' | 'userId' | 'name'>,
): Promise<void> {
  if (visitor.userId !== null || visitor.name !== null) return;
  const { rows } = await tx.execute<{ marked: number; own: boolean }>(sql`
    select count(*)::int as marked, coalesce(bool_or(v.id = ${visitor.id}), false) as own
    from gallery_visitor v where v.delivery_id = ${visitor.deliveryId} and ${hasMark}`);
  const { marked = 0, own = false } = rows[0] ?? {};
  if (own || marked < MOST_WITH_MARKS) return;
  throw appError(
    'conflict',
    `Expected at most ${MOST_WITH_MARKS} people who mark photos in one gallery. Look and download as you like, and tell whoever sent you the link what you think.`,
  );
}

/** Of `v`: said a name, or likes something. Members are as many as the studio has. */
export const hasMark = sql`(v.user_id is not null or v.name is not null
  or exists (select 1 from gallery_favourite f where f.visitor_id = v.id))`;

export async function requireGalleryPhoto(
  tx: Tx,
  { delivery }: Pick<Visit, 'delivery'>,
  photoId: string,
): Promise<DeliveryPhotoRow> {
  const [row] = await tx
    .select()
    .from(deliveryPhoto)
    .where(and(eq(deliveryPhoto.id, photoId), eq(deliveryPhoto.deliveryId, delivery.id)));
  if (row === undefined) throw appError('not_found', 'There is no such photo.');
  return row;
}

/** A member is called as their account says; everybody else as they said. Under the delivery's lock. */
export async function nameVisitor(
  tx: Tx,
  { visitor, name }: { visitor: GalleryVisitorRow; name: string },
): Promise<string> {
  await admitMark(tx, visitor);
  if (visitor.userId !== null) return visitor.name ?? name;
  if (visitor.name !== name)
    await tx.update(galleryVisitor).set({ name }).where(eq(galleryVisitor.id, visitor.id));
  return name;
}

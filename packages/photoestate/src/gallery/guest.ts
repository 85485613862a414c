import type { Tx } from '@repo/foundation/db';
import { and, eq } from 'drizzle-orm';
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

/** A member is called as their account says; everybody else as they said. */
export async function nameVisitor(
  tx: Tx,
  { visitor, name }: { visitor: GalleryVisitorRow; name: string },
): Promise<string> {
  if (visitor.userId !== null) return visitor.name ?? name;
  if (visitor.name !== name)
    await tx.update(galleryVisitor).set({ name }).where(eq(galleryVisitor.id, visitor.id));
  return name;
}

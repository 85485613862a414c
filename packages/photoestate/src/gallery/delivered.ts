import type { Db, Tx } from '@repo/foundation/db';
import { asc, eq, inArray } from 'drizzle-orm';
import { type EnhancementRow, enhancement } from '../enhancement/table.ts';
import { type PhotoRow, photo } from '../photo/table.ts';
import { type DeliveryPhotoRow, deliveryPhoto } from './table.ts';

/** One photo of a delivery with all that it is made of. */
export interface Delivered {
  photo: DeliveryPhotoRow;
  version: EnhancementRow;
  /** The exposure to lay beside it. */
  before: PhotoRow | null;
}

/** The photos of a delivery in their order. */
export async function deliveredPhotos(db: Db | Tx, deliveryId: string): Promise<Delivered[]> {
  return withExposures(
    db,
    await db
      .select({ photo: deliveryPhoto, version: enhancement })
      .from(deliveryPhoto)
      .innerJoin(enhancement, eq(enhancement.id, deliveryPhoto.enhancementId))
      .where(eq(deliveryPhoto.deliveryId, deliveryId))
      .orderBy(asc(deliveryPhoto.position), asc(deliveryPhoto.id)),
  );
}

/** The first of a delivery, by which it is known. */
export async function firstDelivered(db: Db | Tx, deliveryId: string): Promise<Delivered | null> {
  const [first] = await db
    .select({ id: deliveryPhoto.id })
    .from(deliveryPhoto)
    .where(eq(deliveryPhoto.deliveryId, deliveryId))
    .orderBy(asc(deliveryPhoto.position), asc(deliveryPhoto.id))
    .limit(1);
  return first === undefined ? null : deliveredPhoto(db, first.id);
}

/** What names the files of a delivery, in its order, without all that they are made of. */
export async function deliveredFiles(db: Db | Tx, deliveryId: string) {
  const { id, position, title } = deliveryPhoto;
  return db
    .select({ id, position, title, resultFileId: enhancement.resultFileId })
    .from(deliveryPhoto)
    .innerJoin(enhancement, eq(enhancement.id, deliveryPhoto.enhancementId))
    .where(eq(deliveryPhoto.deliveryId, deliveryId))
    .orderBy(asc(position), asc(id));
}

export async function deliveredPhoto(db: Db | Tx, photoId: string): Promise<Delivered | null> {
  const rows = await db
    .select({ photo: deliveryPhoto, version: enhancement })
    .from(deliveryPhoto)
    .innerJoin(enhancement, eq(enhancement.id, deliveryPhoto.enhancementId))
    .where(eq(deliveryPhoto.id, photoId));
  return (await withExposures(db, rows))[0] ?? null;
}

async function withExposures(
  db: Db | Tx,
  rows: { photo: DeliveryPhotoRow; version: EnhancementRow }[],
): Promise<Delivered[]> {
  const ids = [...new Set(rows.flatMap(({ version }) => version.inputPhotoIds))];
  const frames =
    ids.length === 0 ? [] : await db.select().from(photo).where(inArray(photo.id, ids));
  const byId = new Map(frames.map((frame) => [frame.id, frame]));
  return rows.map((row) => {
    const inputs = row.version.inputPhotoIds.flatMap((id) => byId.get(id) ?? []);
    return { ...row, before: middleOf(inputs.filter(isShown)) };
  });
}

const isShown = ({ deletedAt, previewFileId }: PhotoRow) =>
  deletedAt === null && previewFileId !== null;

/** The frame exposed like a single photo would be. */
function middleOf(frames: readonly PhotoRow[]): PhotoRow | null {
  const known = frames
    .flatMap((frame) => (frame.ev === null ? [] : [{ frame, ev: frame.ev }]))
    .sort((a, b) => b.ev - a.ev);
  const middle = known[Math.floor((known.length - 1) / 2)]?.frame;
  return middle ?? frames[Math.floor((frames.length - 1) / 2)] ?? null;
}

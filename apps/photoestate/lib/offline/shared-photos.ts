import { LocalTable } from '@repo/ui/local';

/** A photo that another app shared, put here by the service worker (public/service-worker.js). */
export interface SharedPhoto {
  id: string;
  file: File;
  /** Who saw it first; the service worker does not know whose browser this is. */
  owner?: string;
}

type Table = Pick<LocalTable<SharedPhoto>, 'all' | 'change' | 'delete'>;

export const sharedPhotos = new LocalTable<SharedPhoto>('shared-photos');

/** The photos of a person: those that nobody has seen are theirs from now on, and nobody else's. */
export async function claimShared(owner: string, table: Table = sharedPhotos) {
  const free = (await table.all()).filter((photo) => photo.owner === undefined);
  // Another page may be doing the same for somebody else: the first holds.
  for (const { id } of free) await table.change(id, (photo) => ({ owner, ...photo }));
  return (await table.all()).filter((photo) => photo.owner === owner);
}

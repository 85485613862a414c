import type { Gallery, GalleryPhoto } from './api.ts';

type Shown = Pick<Gallery, 'id' | 'ticket' | 'locked'>;

/** Widths that the server makes. */
const widths = [480, 960, 1440, 2048] as const;

/** Where a photo, or the exposure beside it, is shown from; another address for what was paid or changed since. */
export function pictureUrl(
  { id, ticket, locked }: Shown,
  { photo, side = 'view', width }: Wish & { width: (typeof widths)[number] },
): string {
  const version = `${photo.version}${locked ? 'm' : ''}`;
  return `/media/galleries/${id}/${photo.id}/${side}/${width}?${ticket}&v=${version}`;
}

type Wish = { photo: Pick<GalleryPhoto, 'id' | 'version'>; side?: 'view' | 'before' };

export function pictureSet(gallery: Shown, wish: Wish): string {
  return widths.map((width) => `${pictureUrl(gallery, { ...wish, width })} ${width}w`).join(', ');
}

export function downloadUrl({ id, ticket }: Shown, photoId: string, size: string): string {
  return `/media/galleries/${id}/${photoId}/download/${size}?${ticket}`;
}

/** Of all photos, or of those that the visitor likes. */
export function archiveUrl({ id, ticket }: Shown, size: string, only?: 'favourites'): string {
  return `/media/galleries/${id}/zip/${size}?${ticket}${only ? `&only=${only}` : ''}`;
}

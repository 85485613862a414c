'use client';

import { Button } from '@repo/ui/button';
import { ChevronDown, Download } from 'lucide-react';
import { archiveUrl, downloadUrl } from '../../lib/gallery/addresses.ts';
import type { Gallery, GalleryPhoto } from '../../lib/gallery/api.ts';
import { counted } from '../../lib/listing-status.ts';
import { SizesMenu } from './sizes-menu.tsx';

type Props = {
  gallery: Gallery;
  /** Left out: several, as one archive. */
  photo?: GalleryPhoto;
  /** How many the visitor likes: the archive has those alone. */
  liked?: number | undefined;
};

/** What may be saved, in its sizes. */
export function DownloadMenu({ gallery, photo, liked }: Props) {
  const { sizes, photos, prepared } = gallery;
  const several = liked ? `${counted(liked, 'favourite')}, one archive` : 'All photos, one archive';
  return (
    <SizesMenu
      sizes={sizes}
      title={photo ? 'This photo' : several}
      made={{ prepared, of: photos.length }}
      hrefOf={(size) =>
        photo
          ? downloadUrl(gallery, photo.id, size)
          : archiveUrl(gallery, size, liked ? 'favourites' : undefined)
      }
      align="end"
    >
      {photo ? (
        <Button variant="ghost" size="icon" className="size-10" aria-label="Download this photo">
          <Download />
        </Button>
      ) : (
        <Button variant="primary" size="lg">
          <Download />
          {liked ? 'Download favourites' : 'Download'}
          <ChevronDown className="-me-1 size-3.5" />
        </Button>
      )}
    </SizesMenu>
  );
}

'use client';

import { Button } from '@repo/ui/button';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from '@repo/ui/dropdown-menu';
import { ChevronDown, Download } from 'lucide-react';
import { archiveUrl, downloadUrl } from '../../lib/gallery/addresses.ts';
import type { Gallery, GalleryPhoto } from '../../lib/gallery/api.ts';
import { counted } from '../../lib/listing-status.ts';

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
  if (sizes.length === 0) return null;
  const waiting = prepared < photos.length;
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        {photo ? (
          <Button variant="ghost" size="icon" className="size-10" aria-label="Download this photo">
            <Download />
          </Button>
        ) : (
          <Button variant="primary" size="lg">
            <Download />
            {liked ? 'Download favourites' : 'Download'}
            <ChevronDown className="-mr-1 size-3.5" />
          </Button>
        )}
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end" className="w-72">
        <DropdownMenuLabel>
          {waiting
            ? `Being made: ${prepared} of ${photos.length} photos`
            : photo
              ? 'This photo'
              : liked
                ? `${counted(liked, 'favourite')}, one archive`
                : 'All photos, one archive'}
        </DropdownMenuLabel>
        {sizes.map(({ name, label, detail }) => (
          <DropdownMenuItem key={name} asChild disabled={waiting}>
            <a
              href={
                photo
                  ? downloadUrl(gallery, photo.id, name)
                  : archiveUrl(gallery, name, liked ? 'favourites' : undefined)
              }
              download
              className="flex flex-col items-start gap-0"
            >
              <span>{label}</span>
              <span className="text-muted-foreground text-xs">{detail}</span>
            </a>
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

'use client';

import { cn } from '@repo/ui/cn';
import { ImageIcon, ImageOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { pictureSet, pictureUrl } from '../../lib/gallery/addresses.ts';
import type { Gallery, GalleryPhoto } from '../../lib/gallery/api.ts';

type Props = {
  gallery: Gallery;
  photo: GalleryPhoto;
  side?: 'view' | 'before';
  alt: string;
  /** As of an `<img>`: how wide it will be shown. */
  sizes: string;
  eager?: boolean;
  className?: string;
};

const AGAIN_MS = 4_000;
const TRIES = 30;

/** A photo in the size that this screen needs. One that is not made yet is asked for again until it is. */
export function Shot({ gallery, photo, side = 'view', alt, sizes, eager, className }: Props) {
  const [tries, setTries] = useState(0);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (!failed || tries >= TRIES) return;
    const timer = setTimeout(() => {
      setTries(tries + 1);
      setFailed(false);
    }, AGAIN_MS);
    return () => clearTimeout(timer);
  }, [failed, tries]);
  if (failed) {
    const isLost = tries >= TRIES;
    const Icon = isLost ? ImageOff : ImageIcon;
    return (
      <span
        className={cn(
          'flex items-center justify-center text-muted-foreground',
          !isLost && 'animate-pulse-soft',
          className,
        )}
      >
        <Icon aria-hidden="true" className="size-5" />
        <span className="sr-only">
          {isLost ? `${alt} cannot be shown` : `${alt} is not there yet`}
        </span>
      </span>
    );
  }
  const wish = { photo, side };
  return (
    // biome-ignore lint/performance/noImgElement: the sizes are made by the gallery's own address
    <img
      key={tries}
      src={pictureUrl(gallery, { ...wish, width: 960 })}
      srcSet={pictureSet(gallery, wish)}
      sizes={sizes}
      alt={alt}
      width={photo.width}
      height={photo.height}
      loading={eager ? 'eager' : 'lazy'}
      fetchPriority={eager ? 'high' : 'auto'}
      decoding="async"
      draggable={false}
      onError={() => setFailed(true)}
      className={className}
    />
  );
}

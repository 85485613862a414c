'use client';

import { cn } from '@repo/ui/cn';
import { ImageOff } from 'lucide-react';
import { useState } from 'react';

type Props = {
  src: string;
  alt: string;
  /** Above the fold: fetched at once instead of when scrolled near. */
  eager?: boolean;
  className?: string;
  /** The same in other widths, of which the browser takes what fits; see `lib/pictures.ts`. */
  srcSet?: string | undefined;
  sizes?: string;
};

/**
 * A small photo in a box that its parent has sized. Plain `<img>`: the pictures come from Slipway,
 * whose address is known only at run time, in sizes made for this. Never draggable, because the
 * browser would offer a dragged picture to this page as a file.
 */
export function Thumb({ src, alt, eager = false, className, srcSet, sizes }: Props) {
  const [failed, setFailed] = useState<string>();
  if (failed === src) {
    return (
      <span className={cn('flex items-center justify-center text-muted-foreground', className)}>
        <ImageOff aria-hidden="true" className="size-4" />
        <span className="sr-only">{alt} cannot be shown right now</span>
      </span>
    );
  }
  return (
    // biome-ignore lint/performance/noImgElement: see above
    <img
      src={src}
      srcSet={srcSet}
      sizes={srcSet && sizes}
      alt={alt}
      fetchPriority={eager ? 'high' : 'auto'}
      width={480}
      height={320}
      loading={eager ? 'eager' : 'lazy'}
      decoding="async"
      draggable={false}
      onError={() => setFailed(src)}
      className={className}
    />
  );
}

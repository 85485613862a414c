'use client';

import { cn } from '@repo/ui/cn';
import { useCallback, useState } from 'react';

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

/** An icon without elements of its own: where storage is away, every picture of a long list fails. */
const BROKEN = `url("data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 24 24" fill="none" stroke="#808080" stroke-width="2" stroke-linecap="round"><path d="M2 2l20 20M10.4 10.4a2 2 0 1 1-2.8-2.8M13.5 13.5 6 21M18 12l3 3M3.6 3.6A2 2 0 0 0 3 5v14a2 2 0 0 0 2 2h14a2 2 0 0 0 1.4-.6M21 15V5a2 2 0 0 0-2-2H9"/></svg>',
)}")`;

/**
 * A small photo in a box that its parent has sized. Plain `<img>`: the pictures come from Slipway,
 * whose address is known only at run time, in sizes made for this. Never draggable, because the
 * browser would offer a dragged picture to this page as a file.
 */
export function Thumb({ src, alt, eager = false, className, srcSet, sizes }: Props) {
  const [failed, setFailed] = useState<string>();
  // What the server drew may have failed before anything here could hear of it.
  const lookAt = useCallback(
    (image: HTMLImageElement | null) => {
      if (image?.complete && image.currentSrc && image.naturalWidth === 0) setFailed(src);
    },
    [src],
  );
  if (failed === src) {
    return (
      <span
        role="img"
        aria-label={`${alt || 'The picture'} cannot be shown right now`}
        className={cn('block bg-center bg-no-repeat', className)}
        style={{ backgroundImage: BROKEN }}
      />
    );
  }
  return (
    // biome-ignore lint/performance/noImgElement: see above
    <img
      ref={lookAt}
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

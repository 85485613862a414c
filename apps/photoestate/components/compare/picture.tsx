'use client';

import { Button } from '@repo/ui/button';
import { cn } from '@repo/ui/cn';
import { ImageOff, RotateCw } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { cssMatrix } from '../../lib/compare/projection.ts';
import type { Box, Place } from '../../lib/compare/view.ts';

/** Previews are this wide; where more pixels are shown, the full file is fetched as well. */
const previewWidth = 2048;

type Props = {
  preview: string | null;
  full: string;
  place: Place;
  alt: string;
  /** The part of the stage on which it may be seen; left out: everywhere. */
  seen?: Box | undefined;
  opacity?: number;
  /** Shown as what it differs by from what lies below. */
  difference?: boolean;
  /** Laid over all of it. */
  overlay?: ReactNode;
};

/** One side of the stage: the preview, and the full file over it once the zoom asks for it. */
export function Picture(props: Props) {
  const { preview, full, place, alt, seen = place, opacity, difference, overlay } = props;
  const [failed, setFailed] = useState<ReadonlySet<string>>(new Set());
  const [loaded, setLoaded] = useState<ReadonlySet<string>>(new Set());
  const wanted = place.width * window.devicePixelRatio > previewWidth;
  const showFull = (wanted || preview === null || loaded.has(full)) && !failed.has(full);
  const sources = [
    ...(preview && !failed.has(preview) ? [preview] : []),
    ...(showFull ? [full] : []),
  ];
  const visible = sources.some((source) => loaded.has(source));
  return (
    <div
      className={cn(
        'absolute top-0 left-0 will-change-transform',
        !visible &&
          sources.length > 0 &&
          !difference &&
          'animate-pulse bg-muted motion-reduce:animate-none',
      )}
      style={{
        width: place.width,
        height: place.height,
        transform: `translate(${place.x}px, ${place.y}px)`,
        clipPath: `inset(${insets(place, seen)})`,
        opacity,
        mixBlendMode: difference ? 'difference' : undefined,
      }}
    >
      {/* Tilted within: what is cut off is cut off the stage. */}
      <div
        className="absolute inset-0 origin-top-left"
        style={place.tilt && { transform: cssMatrix(place.tilt) }}
      >
        {sources.map((source, index) => (
          <Layer
            key={source}
            src={source}
            alt={index === 0 ? alt : ''}
            shown={loaded.has(source)}
            onLoad={() => setLoaded((now) => new Set(now).add(source))}
            // Browsers cannot show every original (TIFF): the preview stays.
            onError={() => setFailed((now) => new Set(now).add(source))}
          />
        ))}
        {overlay}
      </div>
      {sources.length === 0 ? <Failed alt={alt} onRetry={() => setFailed(new Set())} /> : null}
    </div>
  );
}

function Failed({ alt, onRetry }: { alt: string; onRetry: () => void }) {
  return (
    <div className="absolute inset-0 flex flex-col items-center justify-center gap-3 bg-muted p-4 text-center text-sm">
      <ImageOff aria-hidden="true" className="size-6 text-muted-foreground" />
      <p role="alert">{alt ? `${alt}: the photo did not arrive` : 'The photo did not arrive'}</p>
      <Button size="sm" onClick={onRetry}>
        <RotateCw />
        Try again
      </Button>
    </div>
  );
}

/** What to cut off each side: top, right, bottom, left. What is tilted may reach beyond its box. */
function insets(box: Place, seen: Box): string {
  const least = box.tilt ? Number.NEGATIVE_INFINITY : 0;
  return [
    seen.y - box.y,
    box.x + box.width - seen.x - seen.width,
    box.y + box.height - seen.y - seen.height,
    seen.x - box.x,
  ]
    .map((cut) => `${Math.max(least, cut)}px`)
    .join(' ');
}

type LayerProps = {
  src: string;
  alt: string;
  shown: boolean;
  onLoad: () => void;
  onError: () => void;
};

function Layer({ src, alt, shown, onLoad, onError }: LayerProps) {
  return (
    // biome-ignore lint/performance/noImgElement: from Slipway, in sizes made for this page
    <img
      // One that was in the cache has arrived before anybody listens.
      ref={(image) => {
        if (image?.complete && image.naturalWidth > 0 && !shown) onLoad();
      }}
      src={src}
      alt={alt}
      width={3000}
      height={2000}
      draggable={false}
      decoding="async"
      fetchPriority="high"
      onLoad={onLoad}
      onError={onError}
      className={cn('absolute inset-0 size-full', !shown && 'opacity-0')}
    />
  );
}

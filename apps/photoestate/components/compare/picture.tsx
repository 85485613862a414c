'use client';

import { type ReactNode, useState } from 'react';
import type { Box } from '../../lib/compare/view.ts';

/** Previews are this wide; where more pixels are shown, the full file is fetched as well. */
const previewWidth = 2048;

type Props = {
  preview: string | null;
  full: string;
  box: Box;
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
  const { preview, full, box, alt, seen = box, opacity, difference, overlay } = props;
  const [failed, setFailed] = useState<string>();
  const [loaded, setLoaded] = useState<string>();
  const wanted = box.width * window.devicePixelRatio > previewWidth;
  const showFull = (wanted || preview === null || loaded === full) && failed !== full;
  return (
    <div
      className="absolute top-0 left-0 will-change-transform"
      style={{
        width: box.width,
        height: box.height,
        transform: `translate(${box.x}px, ${box.y}px)`,
        clipPath: `inset(${insets(box, seen)})`,
        opacity,
        mixBlendMode: difference ? 'difference' : undefined,
      }}
    >
      {preview ? <Layer src={preview} alt={alt} /> : null}
      {showFull ? (
        <Layer
          src={full}
          alt={preview ? '' : alt}
          onLoad={() => setLoaded(full)}
          // Browsers cannot show every original (TIFF): the preview stays.
          onError={() => setFailed(full)}
        />
      ) : null}
      {overlay}
    </div>
  );
}

/** What to cut off each side: top, right, bottom, left. */
function insets(box: Box, seen: Box): string {
  return [
    seen.y - box.y,
    box.x + box.width - seen.x - seen.width,
    box.y + box.height - seen.y - seen.height,
    seen.x - box.x,
  ]
    .map((cut) => `${Math.max(0, cut)}px`)
    .join(' ');
}

type LayerProps = { src: string; alt: string; onLoad?: () => void; onError?: () => void };

function Layer({ src, alt, onLoad, onError }: LayerProps) {
  return (
    // biome-ignore lint/performance/noImgElement: from Slipway, in sizes made for this page
    <img
      src={src}
      alt={alt}
      width={3000}
      height={2000}
      draggable={false}
      decoding="async"
      fetchPriority="high"
      onLoad={onLoad}
      onError={onError}
      className="absolute inset-0 size-full"
    />
  );
}

'use client';

import { type CSSProperties, useState } from 'react';
import { z } from 'zod';
import type { Gallery, GalleryPhoto } from '../../lib/gallery/api.ts';
import { Shot } from './shot.tsx';

const Crop = z.object({
  left: z.number(),
  top: z.number(),
  width: z.number().positive(),
  height: z.number().positive(),
  sourceWidth: z.number().positive(),
  sourceHeight: z.number().positive(),
});

/** Where the exposure lies so that it covers the photo: what aligning and straightening cut off hangs over. */
function placed(crop: GalleryPhoto['crop']): CSSProperties {
  const { data } = Crop.safeParse(crop);
  if (!data) return { inset: 0, width: '100%', height: '100%' };
  const { left, top, width, height, sourceWidth, sourceHeight } = data;
  const percent = (part: number, of: number) => `${(part / of) * 100}%`;
  return {
    left: percent(-left, width),
    top: percent(-top, height),
    width: percent(sourceWidth, width),
    height: percent(sourceHeight, height),
  };
}

type Props = { gallery: Gallery; photo: GalleryPhoto; name: string };

/** The exposure left of a line, the photo right of it. The line follows finger, mouse and arrow keys. */
export function BeforeAfter({ gallery, photo, name }: Props) {
  const [percent, setPercent] = useState(50);
  return (
    <div className="absolute inset-0 overflow-hidden">
      <Shot
        gallery={gallery}
        photo={photo}
        alt={`${name}, finished`}
        sizes="100vw"
        eager
        className="size-full"
      />
      <div
        className="absolute inset-0 overflow-hidden"
        style={{ clipPath: `inset(0 ${100 - percent}% 0 0)` }}
      >
        <div className="absolute" style={placed(photo.crop)}>
          <Shot
            gallery={gallery}
            photo={photo}
            side="before"
            alt={`${name}, original`}
            sizes="100vw"
            eager
            className="size-full max-w-none"
          />
        </div>
      </div>
      <span
        aria-hidden="true"
        className="pointer-events-none absolute inset-y-0 w-0.5 -translate-x-1/2 bg-white shadow-[0_0_4px_rgb(0_0_0/0.6)]"
        style={{ left: `${percent}%` }}
      >
        <span className="absolute top-1/2 left-1/2 flex size-9 -translate-x-1/2 -translate-y-1/2 items-center justify-center rounded-full bg-white font-semibold text-black text-sm">
          ‹ ›
        </span>
      </span>
      <Corner side="left">Original</Corner>
      <Corner side="right">Finished</Corner>
      <input
        type="range"
        min={0}
        max={100}
        value={percent}
        onChange={({ target }) => setPercent(Number(target.value))}
        aria-label="Original and finished photo"
        aria-valuetext={`${percent} % original`}
        className="absolute inset-0 size-full cursor-ew-resize touch-pan-y opacity-0"
      />
    </div>
  );
}

function Corner({ side, children }: { side: 'left' | 'right'; children: string }) {
  return (
    <span
      aria-hidden="true"
      className={`pointer-events-none absolute top-3 ${side === 'left' ? 'left-3' : 'right-3'} rounded-sm bg-black/65 px-2 py-1 font-medium text-white text-xs`}
    >
      {children}
    </span>
  );
}

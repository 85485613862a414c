'use client';

import { cn } from '@repo/ui/cn';
import { byBrightness, cameraSettings, exposureLabel } from '../../lib/exposure.ts';
import type { Photo } from '../../lib/trpc.ts';
import { Thumb } from '../thumb.tsx';

type Props = {
  photos: readonly Photo[];
  current: string | undefined;
  onChoose: (photoId: string) => void;
};

const PICTURE = 'row-span-2 h-10 w-15 rounded-sm bg-canvas object-cover';

/** The scene's frames; the chosen one stands for the original on the stage. */
export function Exposures({ photos, current, onChoose }: Props) {
  return (
    <ul className="-mx-2 flex flex-col">
      {byBrightness(photos).map((photo) => (
        <li key={photo.id}>
          <button
            type="button"
            aria-pressed={photo.id === current}
            onClick={() => onChoose(photo.id)}
            className={cn(
              'grid w-full grid-cols-[3.75rem_minmax(0,1fr)_auto] items-center gap-x-3 rounded-md px-2 py-1.5 text-start hover:bg-muted',
              photo.id === current && 'bg-hover hover:bg-hover',
            )}
          >
            {photo.urls.thumb ? (
              <Thumb src={photo.urls.thumb} alt="" className={PICTURE} />
            ) : (
              <span className={PICTURE} />
            )}
            <span className="col-start-2 row-start-1 truncate self-end text-sm">{photo.name}</span>
            <span className="col-start-2 row-start-2 truncate self-start text-muted-foreground text-xs tabular-nums">
              {cameraSettings(photo) || 'No camera data'}
            </span>
            <span className="col-start-3 row-span-2 row-start-1 text-muted-foreground text-xs tabular-nums">
              {exposureLabel(photo, photos)}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

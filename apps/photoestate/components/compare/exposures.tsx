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
              'flex w-full items-center gap-3 rounded-md px-2 py-1.5 text-left hover:bg-muted',
              photo.id === current && 'bg-hover hover:bg-hover',
            )}
          >
            <span className="h-10 w-15 shrink-0 overflow-hidden rounded-sm bg-canvas">
              {photo.urls.thumb ? (
                <Thumb src={photo.urls.thumb} alt="" className="size-full object-cover" />
              ) : null}
            </span>
            <span className="min-w-0 flex-1">
              <span className="block truncate text-sm">{photo.name}</span>
              <span className="block truncate text-muted-foreground text-xs tabular-nums">
                {cameraSettings(photo) || 'No camera data'}
              </span>
            </span>
            <span className="shrink-0 text-muted-foreground text-xs tabular-nums">
              {exposureLabel(photo, photos)}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

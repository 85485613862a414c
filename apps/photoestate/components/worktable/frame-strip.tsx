'use client';

import { cn } from '@repo/ui/cn';
import { Ellipsis } from 'lucide-react';
import Link from 'next/link';
import { byBrightness, cameraSettings, exposureLabel } from '../../lib/exposure.ts';
import { sceneName } from '../../lib/scene-edits.ts';
import type { Photo, Scene } from '../../lib/trpc.ts';
import { Thumb } from '../thumb.tsx';
import { useTable } from './table-context.tsx';

/** A scene's exposures from dark to bright. One tab stop; the arrow keys go along. */
export function FrameStrip({ scene }: { scene: Scene }) {
  const frames = byBrightness(scene.photos);
  return (
    <ul
      aria-label={`Exposures of ${sceneName(scene)}`}
      className="flex gap-1.5 overflow-x-auto px-3 pt-3 pb-2 [scrollbar-width:thin]"
    >
      {frames.map((photo, index) => (
        <Frame key={photo.id} photo={photo} scene={scene} tabStop={index === 0} />
      ))}
    </ul>
  );
}

type FrameProps = { photo: Photo; scene: Scene; tabStop: boolean };

function Frame({ photo, scene, tabStop }: FrameProps) {
  const { grab, held, askWhere, listingId } = useTable();
  const exposure = exposureLabel(photo, scene.photos);
  const settings = cameraSettings(photo);
  return (
    <li className="group/frame relative w-21 shrink-0" data-keys="frame">
      <Link
        href={`/listings/${listingId}/scenes/${scene.id}?left=${photo.id}`}
        prefetch={false}
        data-photo={photo.id}
        draggable={false}
        tabIndex={tabStop ? 0 : -1}
        onPointerDown={(event) => grab(photo, event)}
        title={[photo.name, settings].filter(Boolean).join('\n')}
        aria-label={[photo.name, settings.startsWith(exposure) ? '' : exposure, settings]
          .filter(Boolean)
          .join(', ')}
        aria-keyshortcuts="m x Delete"
        className={cn(
          'block cursor-grab select-none rounded-sm [-webkit-touch-callout:none] focus-visible:outline-offset-1',
          held?.id === photo.id && 'opacity-35',
        )}
      >
        <span className="block aspect-3/2 overflow-hidden rounded-sm bg-canvas">
          {photo.urls.thumb ? (
            <Thumb src={photo.urls.thumb} alt="" className="size-full object-cover" />
          ) : null}
        </span>
        <span className="block h-5 truncate pt-0.5 text-center text-muted-foreground text-xs tabular-nums">
          {exposure || photo.name}
        </span>
      </Link>
      <button
        type="button"
        tabIndex={-1}
        aria-label={`Move or delete ${photo.name}`}
        title="Move or delete"
        onClick={(event) => askWhere({ kind: 'photo', photo, anchor: event.currentTarget })}
        className="absolute top-0 right-0 flex size-6 items-center justify-center rounded-sm bg-black/60 text-white opacity-0 hover:bg-black/80 focus-visible:opacity-100 group-hover/frame:opacity-100 pointer-coarse:opacity-100"
      >
        <Ellipsis aria-hidden="true" className="size-3.5" />
      </button>
    </li>
  );
}

'use client';

import { cn } from '@repo/ui/cn';
import Link from 'next/link';
import { type PointerEvent, useState, useSyncExternalStore } from 'react';
import { byBrightness, cameraSettings, exposureLabel } from '../../lib/exposure.ts';
import { stripSet } from '../../lib/pictures.ts';
import { sceneName } from '../../lib/scene-edits.ts';
import type { Photo, Scene } from '../../lib/trpc.ts';
import { Thumb } from '../thumb.tsx';
import { useTable } from './table-context.tsx';

/** With a frame's picture and what is said below it, whatever they are: lines of cards are as high as each other. */
const STRIP = 'h-[104px]';

/**
 * A scene's exposures from dark to bright. One tab stop; the arrow keys go along. Few elements each:
 * there are thousands of frames in a long shoot.
 */
export function FrameStrip({ scene }: { scene: Scene }) {
  const frames = byBrightness(scene.photos);
  const touched = useCoarsePointer();
  const [near, setNear] = useState<{ id: string; left: number }>();
  const over = ({ target }: PointerEvent) => {
    const element = target instanceof Element ? target.closest<HTMLElement>('[data-photo]') : null;
    const id = element?.dataset['photo'];
    if (element && id) setNear({ id, left: element.offsetLeft + element.offsetWidth });
  };
  const nearby = frames.find(({ id }) => id === near?.id);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <div
      role="group"
      aria-label={`Exposures of ${sceneName(scene)}`}
      data-keys="frame"
      // From dark to bright is from left to right, as the arrow keys go.
      dir="ltr"
      onPointerOver={touched ? undefined : over}
      onPointerLeave={() => setNear(undefined)}
      className={cn(
        'relative col-span-full flex min-w-0 gap-1.5 overflow-x-auto overflow-y-hidden px-3 pt-3 pb-2 [scrollbar-width:thin]',
        STRIP,
      )}
    >
      {frames.map((photo, index) => {
        const frame = <Frame key={photo.id} photo={photo} scene={scene} tabStop={index === 0} />;
        if (!touched) return frame;
        return (
          <span key={photo.id} className="relative">
            {frame}
            <MoveButton photo={photo} className="top-0 right-0" />
          </span>
        );
      })}
      {nearby && near ? (
        <MoveButton photo={nearby} className="top-3" left={near.left - 24} />
      ) : null}
    </div>
  );
}

type FrameProps = { photo: Photo; scene: Scene; tabStop: boolean };

const picture = 'block aspect-3/2 w-full rounded-sm bg-canvas object-cover';

function Frame({ photo, scene, tabStop }: FrameProps) {
  const { grab, held, listingId } = useTable();
  const exposure = exposureLabel(photo, scene.photos);
  const settings = cameraSettings(photo);
  return (
    <Link
      href={`/listings/${listingId}/scenes/${scene.id}?left=${photo.id}`}
      prefetch={false}
      data-photo={photo.id}
      data-exposure={exposure || photo.name}
      draggable={false}
      tabIndex={tabStop ? 0 : -1}
      onPointerDown={(event) => grab(photo, event)}
      title={[photo.name, settings].filter(Boolean).join('\n')}
      aria-label={[photo.name, settings.startsWith(exposure) ? '' : exposure, settings]
        .filter(Boolean)
        .join(', ')}
      data-keys="peekable"
      aria-keyshortcuts="Space x m n Delete"
      className={cn(
        'block w-21 shrink-0 cursor-grab select-none rounded-sm [-webkit-touch-callout:none] focus-visible:outline-offset-1',
        'after:block after:h-5 after:truncate after:pt-0.5 after:text-center after:text-muted-foreground after:text-xs after:tabular-nums after:content-[attr(data-exposure)]',
        held?.id === photo.id && 'opacity-35',
      )}
    >
      {photo.urls.thumb ? (
        <Thumb
          src={photo.urls.thumb}
          srcSet={stripSet(photo.urls.thumb)}
          sizes="84px"
          alt=""
          className={picture}
        />
      ) : (
        <span className={picture} />
      )}
    </Link>
  );
}

type ButtonProps = { photo: Photo; className: string; left?: number };

function MoveButton({ photo, className, left }: ButtonProps) {
  const { askWhere } = useTable();
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={`Move or delete ${photo.name}`}
      title="Move or delete"
      onClick={(event) => askWhere({ kind: 'photo', photo, anchor: event.currentTarget })}
      style={{ left }}
      className={cn(
        'absolute flex size-6 items-center justify-center rounded-sm bg-black/60 text-white before:content-["⋯"] hover:bg-black/80',
        className,
      )}
    />
  );
}

const coarse = '(pointer: coarse)';

function onPointerChange(listener: () => void) {
  const query = window.matchMedia(coarse);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/** Fingers are over nothing: their buttons are there all the time. */
function useCoarsePointer(): boolean {
  return useSyncExternalStore(
    onPointerChange,
    () => window.matchMedia(coarse).matches,
    () => false,
  );
}

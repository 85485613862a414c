'use client';

import { mainId } from '@repo/ui/app-shell';
import { Button } from '@repo/ui/button';
import { Dialog, DialogContent } from '@repo/ui/dialog';
import { Kbd } from '@repo/ui/kbd';
import Link from 'next/link';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { cameraSettings, exposureLabel, middleExposure } from '../../lib/exposure.ts';
import { insteadOf, type Peeked, peekedAt, stepped } from '../../lib/peek.ts';
import { peekSet } from '../../lib/pictures.ts';
import type { Photo, Scene } from '../../lib/trpc.ts';
import { useShortcuts } from '../shortcuts/shortcuts.tsx';
import { Thumb } from '../thumb.tsx';
import type { Reveal } from './scene-grid.tsx';
import { useTable } from './table-context.tsx';
import { focusOn } from './table-place.tsx';

const steps = [
  ['ArrowRight', 'right', 'Next frame or scene'],
  ['ArrowLeft', 'left', 'Previous frame or scene'],
  ['ArrowDown', 'down', 'Next scene'],
  ['ArrowUp', 'up', 'Previous scene'],
] as const;

type Props = { scenes: readonly Scene[]; reveal: RefObject<Reveal | null> };

/**
 * A frame or a scene in large, over the page, for as long as one wants to look. The focus comes back to what was
 * shown last: what is pressed next is meant for the picture that was seen.
 */
export function Peek({ scenes, reveal }: Props) {
  const [at, setAt] = useState<Peeked>();
  const [wanted, setWanted] = useState(false);
  const found = at && peekedAt(scenes, at);
  // Somebody may delete it meanwhile; undone, it must not come up by itself.
  if (wanted && found === undefined) setWanted(false);
  const index = found ? scenes.indexOf(found.scene) : -1;
  const latest = useRef(scenes);
  useEffect(() => {
    latest.current = scenes;
  }, [scenes]);
  const close = () => setWanted(false);
  const leaveFocus = useRef<() => void>(undefined);
  useEffect(() => () => leaveFocus.current?.(), []);
  const group = 'Large preview';
  const label = 'Open it, or close it';
  useShortcuts([
    {
      ...{ group, label, keys: [' '], scope: 'peekable' },
      run: ({ target }) => {
        setAt(placeOf(target));
        setWanted(true);
      },
    },
    { group, label, keys: [' '], scope: 'peek', run: close },
    ...steps.map(([key, direction, said]) => ({
      ...{ group, label: said, keys: [key], scope: 'peek', repeats: true },
      run: () => setAt((now) => now && (stepped(scenes, now, direction) ?? now)),
    })),
  ]);
  return (
    <Dialog open={wanted} onOpenChange={setWanted}>
      {found ? (
        <DialogContent
          title={found.title}
          data-keys="peek"
          className="max-w-[max(20rem,calc((100dvh-10.5rem)*1.5))]"
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            const next = at && insteadOf(latest.current, at, index);
            if (next) leaveFocus.current = focusOn(next, true, reveal);
            else document.getElementById(mainId)?.focus({ preventScroll: true });
          }}
        >
          <Picture scene={found.scene} photo={found.photo} place={found.place} />
        </DialogContent>
      ) : null}
    </Dialog>
  );
}

function placeOf(target: EventTarget | null): Peeked | undefined {
  const element = target instanceof Element ? target : undefined;
  const sceneId = element?.closest<HTMLElement>('[data-drop]')?.dataset['drop'];
  const photoId = element?.closest<HTMLElement>('[data-photo]')?.dataset['photo'];
  return sceneId === undefined ? undefined : { sceneId, ...(photoId && { photoId }) };
}

type PictureProps = { scene: Scene; photo: Photo | undefined; place: string };

function Picture({ scene, photo, place }: PictureProps) {
  const { listingId } = useTable();
  const { src, says } = shownOf(scene, photo);
  return (
    <>
      {/* As wide as it is high by half: what one steps through stays where it is. */}
      <div className="mt-4 flex aspect-3/2 w-full shrink-0 items-center justify-center bg-canvas">
        {src ? (
          <Thumb
            key={src}
            src={src}
            srcSet={peekSet(src)}
            sizes="(min-width: 640px) 90vw, 100vw"
            alt={says}
            eager
            className="size-full object-contain"
          />
        ) : (
          <p className="text-muted-foreground text-sm">There is no preview of it yet.</p>
        )}
      </div>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-5 py-3">
        <p role="status" className="min-w-0 text-muted-foreground text-sm tabular-nums">
          <span className="text-foreground">{says}</span> · {place}
        </p>
        <div className="flex items-center gap-3">
          <span className="flex items-center gap-1 text-muted-foreground text-xs max-sm:hidden">
            <Kbd>←</Kbd>
            <Kbd>→</Kbd> go on <Kbd className="ms-2">Space</Kbd> closes
          </span>
          <Button asChild size="sm">
            <Link
              href={`/listings/${listingId}/scenes/${scene.id}${photo ? `?left=${photo.id}` : ''}`}
            >
              Open
            </Link>
          </Button>
        </div>
      </div>
    </>
  );
}

/** Of a scene what its card shows. */
function shownOf(scene: Scene, photo: Photo | undefined): { src: string | null; says: string } {
  if (photo) {
    const exposure = exposureLabel(photo, scene.photos);
    const settings = cameraSettings(photo);
    const said = [photo.name, settings.startsWith(exposure) ? '' : exposure, settings];
    return { src: photo.urls.preview ?? photo.urls.thumb, says: said.filter(Boolean).join(', ') };
  }
  const look = scene.enhancement?.firstLook?.url;
  if (look) return { src: look, says: 'First look' };
  const result = scene.result?.urls;
  if (result) return { src: result.preview ?? result.thumb, says: 'Finished photo' };
  const middle = middleExposure(scene.photos);
  return { src: middle?.urls.preview ?? middle?.urls.thumb ?? null, says: middle?.name ?? '' };
}

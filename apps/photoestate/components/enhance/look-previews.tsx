'use client';

import { Button } from '@repo/ui/button';
import { cn } from '@repo/ui/cn';
import { Eye } from 'lucide-react';
import { useState } from 'react';
import { middleExposure } from '../../lib/exposure.ts';
import { counted } from '../../lib/listing-status.ts';
import { sceneName } from '../../lib/scene-edits.ts';
import type { Scene } from '../../lib/trpc.ts';
import type { Look } from './look.ts';
import { usePreview } from './use-preview.ts';

/** Enough to see whether a look suits a shoot. */
export const mostPreviews = 3;

type Props = { scenes: readonly Scene[]; lookFor: (scene: Scene) => Look };

/** What the look makes of the first scenes, before anything is paid. */
export function LookPreviews({ scenes, lookFor }: Props) {
  const [originals, showOriginals] = useState(false);
  const shown = scenes.slice(0, mostPreviews);
  const rest = scenes.length - shown.length;
  return (
    <section aria-label="Preview" className="flex min-w-0 flex-col gap-2">
      <div className={cn('grid gap-2', shown.length > 1 && 'sm:grid-cols-2')}>
        {shown.map((scene, index) => (
          <ScenePreview
            key={scene.id}
            scene={scene}
            look={lookFor(scene)}
            original={originals}
            className={cn(index === 0 && shown.length !== 2 && 'sm:col-span-full')}
          />
        ))}
      </div>
      <div className="flex items-center justify-between gap-3">
        <p className="text-muted-foreground text-xs">
          {rest > 0 ? `And ${counted(rest, 'more scene')}. ` : ''}A preview costs nothing.
        </p>
        <Button
          size="sm"
          variant="ghost"
          aria-pressed={originals}
          onClick={() => showOriginals(!originals)}
        >
          <Eye />
          Originals
        </Button>
      </div>
    </section>
  );
}

type PreviewProps = { scene: Scene; look: Look; original: boolean; className?: string };

function ScenePreview({ scene, look, original, className }: PreviewProps) {
  const { url, busy, problem } = usePreview(scene.id, look);
  const before = middleExposure(scene.photos)?.urls;
  const source = original || url === undefined ? (before?.preview ?? before?.thumb) : url;
  return (
    <figure className={cn('relative aspect-3/2 overflow-hidden rounded-md bg-canvas', className)}>
      {source ? (
        // biome-ignore lint/performance/noImgElement: from Slipway, in sizes made for this page
        <img
          src={source}
          alt={`${sceneName(scene)}, ${original || url === undefined ? 'original' : 'preview'}`}
          width={1024}
          height={683}
          draggable={false}
          className={cn('size-full object-contain', busy && !original && 'opacity-70')}
        />
      ) : null}
      <figcaption className="absolute top-2 left-2 rounded-sm bg-black/65 px-2 py-1 font-medium text-white text-xs">
        {sceneName(scene)}
      </figcaption>
      <p
        aria-live="polite"
        className={cn(
          'absolute inset-x-2 bottom-2 w-fit rounded-sm bg-black/70 px-2 py-1 text-white text-xs',
          !problem && !busy && 'sr-only',
        )}
      >
        {problem ?? (busy ? 'Making the preview …' : 'The preview is there')}
      </p>
    </figure>
  );
}

'use client';

import { cn } from '@repo/ui/cn';
import { ImagePlus } from 'lucide-react';
import type { Ref } from 'react';
import { Thumb } from '../thumb.tsx';
import { newSceneTarget, useTable } from './table-context.tsx';

/** The frame in the hand, following the pointer. */
export function DragGhost({ ref }: { ref: Ref<HTMLDivElement> }) {
  const { held } = useTable();
  if (!held) return null;
  return (
    <div ref={ref} aria-hidden="true" className="pointer-events-none fixed top-0 left-0 z-60">
      <div className="-translate-x-1/2 -translate-y-1/2 w-28 rotate-2 overflow-hidden rounded-md border-2 border-primary bg-card shadow-dialog">
        <div className="aspect-3/2 bg-canvas">
          {held.urls.thumb ? (
            <Thumb src={held.urls.thumb} alt="" eager className="size-full object-cover" />
          ) : null}
        </div>
      </div>
    </div>
  );
}

/** Where a dragged frame becomes a scene of its own; there only while one is in the hand. */
export function NewSceneTarget() {
  const { held, target, scenes } = useTable();
  const from = scenes.find(({ photos }) => photos.some(({ id }) => id === held?.id));
  if (!held || from?.photos.length === 1) return null;
  return (
    <div
      data-drop={newSceneTarget}
      className={cn(
        'fixed bottom-4 left-1/2 z-50 flex h-20 w-[min(36rem,calc(100vw-2rem))] -translate-x-1/2 animate-rise-in items-center justify-center gap-3 rounded-lg border-2 border-dashed font-medium text-sm shadow-dialog',
        target === newSceneTarget
          ? 'border-primary bg-primary-soft text-link'
          : 'border-border-strong bg-popover',
      )}
    >
      <ImagePlus aria-hidden="true" className="size-5" />
      Drop here for a new scene
    </div>
  );
}

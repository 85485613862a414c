'use client';

import { cn } from '@repo/ui/cn';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { middleExposure } from '../../lib/exposure.ts';
import { sceneName } from '../../lib/scene-edits.ts';
import type { Scene } from '../../lib/trpc.ts';
import { useShortcuts } from '../shortcuts/shortcuts.tsx';
import { Thumb } from '../thumb.tsx';

type Props = { scenes: readonly Scene[]; current: string; listingId: string };

const group = 'Scenes';

/** Every scene of the listing, one key press away. */
export function Filmstrip({ scenes, current, listingId }: Props) {
  const router = useRouter();
  const list = useRef<HTMLUListElement>(null);
  const at = scenes.findIndex(({ id }) => id === current);
  const go = (index: number) => () => {
    const scene = scenes[index];
    if (scene) router.push(`/listings/${listingId}/scenes/${scene.id}`);
  };
  useShortcuts([
    { group, keys: [']', 'ArrowRight'], label: 'Next scene', run: go(at + 1) },
    { group, keys: ['[', 'ArrowLeft'], label: 'Previous scene', run: go(at - 1) },
    {
      group,
      keys: ['Escape'],
      label: 'Back to the listing',
      run: () => router.push(`/listings/${listingId}`),
    },
  ]);

  useEffect(() => {
    list.current
      ?.querySelector(`[data-scene="${current}"]`)
      ?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [current]);

  // The next result is there before it is asked for.
  const next = scenes[at + 1]?.result?.urls?.preview;
  useEffect(() => {
    if (next) new Image().src = next;
  }, [next]);

  return (
    <nav aria-label="Scenes" className="shrink-0 border-t bg-background">
      <ul ref={list} className="flex gap-1.5 overflow-x-auto px-3 py-2.5 [scrollbar-width:thin]">
        {scenes.map((scene) => (
          <FilmstripItem
            key={scene.id}
            scene={scene}
            href={`/listings/${listingId}/scenes/${scene.id}`}
            current={scene.id === current}
          />
        ))}
      </ul>
    </nav>
  );
}

type ItemProps = { scene: Scene; href: string; current: boolean };

function FilmstripItem({ scene, href, current }: ItemProps) {
  const src =
    scene.enhancement?.firstLook?.url ??
    scene.result?.urls?.thumb ??
    middleExposure(scene.photos)?.urls.thumb;
  return (
    <li className="shrink-0">
      <Link
        href={href}
        draggable={false}
        data-scene={scene.id}
        aria-current={current ? 'page' : undefined}
        aria-label={`${sceneName(scene)}${scene.result ? ', finished' : ''}`}
        className={cn(
          'relative block h-16 w-24 overflow-hidden rounded-sm bg-canvas outline-offset-2',
          current ? 'outline-2 outline-primary' : 'opacity-75 hover:opacity-100',
        )}
      >
        {src ? <Thumb src={src} alt="" className="size-full object-cover" /> : null}
        <span className="absolute right-1 bottom-1 rounded-sm bg-black/65 px-1 text-[11px] text-white leading-4 tabular-nums">
          {scene.position}
        </span>
      </Link>
    </li>
  );
}

'use client';

import { useRouter } from 'next/navigation';
import { byBrightness } from '../../lib/exposure.ts';
import { neighbour, sceneOf } from '../../lib/scene-edits.ts';
import type { Photo } from '../../lib/trpc.ts';
import { starKeys, starsOfKey, useRating } from '../compare/use-rating.ts';
import { useShortcuts } from '../shortcuts/shortcuts.tsx';
import type { TableValue } from './table-context.tsx';

type Direction = Parameters<typeof neighbour>[2];

const directions: [key: string, direction: Direction, label: string][] = [
  ['ArrowRight', 'right', 'Brighter frame'],
  ['ArrowLeft', 'left', 'Darker frame'],
  ['ArrowDown', 'down', 'Next scene'],
  ['ArrowUp', 'up', 'Previous scene'],
];

/** What keys do on the worktable; most of them with a frame in focus. */
export function useTableKeys(table: TableValue, undo: () => void): void {
  const router = useRouter();
  const { scenes, listingId } = table;
  const rate = useRating(listingId);

  const onFrame =
    (act: (photo: Photo, element: HTMLElement) => void) =>
    ({ target }: KeyboardEvent) => {
      const element =
        target instanceof Element ? target.closest<HTMLElement>('[data-photo]') : null;
      const id = element?.dataset['photo'];
      const photo = id && sceneOf(scenes, id)?.photos.find((each) => each.id === id);
      if (element && photo) act(photo, element);
    };

  const frames = { group: 'With a frame in focus', scope: 'frame' };
  useShortcuts([
    ...directions.map(([key, direction, label]) => ({
      ...frames,
      keys: [key],
      label,
      repeats: true,
      run: onFrame(({ id }) => table.focusFrame(neighbour(scenes, id, direction)?.id)),
    })),
    {
      ...frames,
      keys: ['m'],
      label: 'Move to another scene',
      run: onFrame((photo, anchor) => table.askWhere({ kind: 'photo', photo, anchor })),
    },
    {
      ...frames,
      keys: ['n'],
      label: 'Move to a new scene',
      run: onFrame((photo) => table.movePhoto(photo, null)),
    },
    {
      ...frames,
      keys: starKeys,
      caps: ['0–5'],
      label: 'Give its scene stars',
      run: (event) =>
        onFrame(({ id }) => {
          const scene = sceneOf(scenes, id);
          if (scene) rate(scene.id, starsOfKey(event));
        })(event),
    },
    {
      ...frames,
      keys: ['Delete', 'Backspace'],
      label: 'Delete the photo',
      run: onFrame((photo) => {
        const next = neighbour(scenes, photo.id, 'right') ?? neighbour(scenes, photo.id, 'left');
        table.deletePhoto(photo);
        table.focusFrame(next?.id);
      }),
    },
    {
      keys: ['f'],
      label: 'Go to the first frame',
      group: 'Listing',
      run: () => table.focusFrame(byBrightness(scenes[0]?.photos ?? [])[0]?.id),
    },
    {
      keys: ['c'],
      label: 'Compare the first scene',
      group: 'Listing',
      run: () => {
        const [first] = scenes;
        if (first) router.push(`/listings/${listingId}/scenes/${first.id}`);
      },
    },
    { keys: ['Mod+z'], label: 'Undo the last change', group: 'Listing', run: undo },
  ]);
}

'use client';

import { useOutbox } from '../offline/outbox.tsx';

/** The digits that give stars, as Lightroom has them: 0 takes them away. */
export const starKeys = ['0', '1', '2', '3', '4', '5'];

export function starsOfKey({ code, key }: KeyboardEvent): number {
  return Number(/\d$/.exec(code)?.[0] ?? key);
}

/** Gives stars to scenes; shown at once, and sent as soon as there is a connection. */
export function useRating(listingId: string): (sceneId: string, rating: number) => void {
  const outbox = useOutbox();
  return (sceneId, rating) =>
    void outbox.add({
      path: 'scene.rate',
      listingId,
      failed: 'The stars were not kept',
      input: { sceneId, rating },
    });
}

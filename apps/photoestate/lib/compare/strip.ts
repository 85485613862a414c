import type { Scene } from '../trpc.ts';

/** Where a scene is compared; what is chosen for all scenes (mode, zoom, filter) goes along. */
export function scenePath(listingId: string, sceneId: string, query: URLSearchParams): string {
  const kept = new URLSearchParams();
  for (const name of ['mode', 'zoom', 'stars']) {
    const value = query.get(name);
    if (value !== null) kept.set(name, value);
  }
  const tail = kept.size > 0 ? `?${kept}` : '';
  return `/listings/${listingId}/scenes/${sceneId}${tail}`;
}

/** The scene that an address names. */
export function sceneOfPath(path: string): string | undefined {
  const id = /^\/listings\/[^/]+\/scenes\/([^/]+)/.exec(path)?.[1];
  return id && decodeURIComponent(id);
}

/** The stars that an address asks for at least. */
export function starsOf(query: URLSearchParams): number {
  const stars = Number(query.get('stars'));
  return Number.isInteger(stars) && stars >= 1 && stars <= 5 ? stars : 0;
}

type Rated = Pick<Scene, 'id' | 'rating'>;

/** The next scene with enough stars in either direction, also from one that has too few. */
export function neighbourScene<T extends Rated>(
  scenes: readonly T[],
  current: string,
  { by, stars }: { by: 1 | -1; stars: number },
): T | undefined {
  const at = scenes.findIndex(({ id }) => id === current);
  for (let index = at + by; index >= 0 && index < scenes.length; index += by) {
    const scene = scenes[index];
    if (scene && scene.rating >= stars) return scene;
  }
  return undefined;
}

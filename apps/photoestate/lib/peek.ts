import { byBrightness } from './exposure.ts';
import { neighbour, sceneName, sceneOf } from './scene-edits.ts';
import type { Scene } from './trpc.ts';

/** What is looked at in large: a frame, or a scene as its card shows it. */
export type Peeked = { sceneId: string; photoId?: string };

type Direction = Parameters<typeof neighbour>[2];

/** What one step further is looked at; undefined at the end. */
export function stepped(
  scenes: readonly Scene[],
  { sceneId, photoId }: Peeked,
  direction: Direction,
): Peeked | undefined {
  if (photoId !== undefined) {
    const next = neighbour(scenes, photoId, direction);
    const scene = next && sceneOf(scenes, next.id);
    return next && scene && { sceneId: scene.id, photoId: next.id };
  }
  const at = scenes.findIndex(({ id }) => id === sceneId);
  const next = scenes[direction === 'left' || direction === 'up' ? at - 1 : at + 1];
  return at >= 0 && next ? { sceneId: next.id } : undefined;
}

/** What is looked at, and where it is among the others; undefined when it went. */
export function peekedAt(scenes: readonly Scene[], { sceneId, photoId }: Peeked) {
  const scene = photoId === undefined ? undefined : sceneOf(scenes, photoId);
  const shown = scene ?? scenes.find(({ id }) => id === sceneId);
  if (!shown || (photoId !== undefined && !scene)) return undefined;
  const strip = byBrightness(shown.photos);
  const index = strip.findIndex(({ id }) => id === photoId);
  const place =
    index < 0
      ? `${scenes.indexOf(shown) + 1} of ${scenes.length}`
      : `${index + 1} of ${strip.length}`;
  return { scene: shown, photo: strip[index], title: sceneName(shown), place };
}

/** What to go on with: what was looked at, or what took its place among the scenes when it went. */
export function insteadOf(scenes: readonly Scene[], at: Peeked, index: number): Peeked | undefined {
  if (peekedAt(scenes, at)) return at;
  const next = scenes[Math.min(index, scenes.length - 1)];
  return next && { sceneId: next.id };
}

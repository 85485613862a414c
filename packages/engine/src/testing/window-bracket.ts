import { lumaOf, type Picture } from '../pixels/picture.ts';
import type { Overview } from '../plan/plan.ts';
import { expose } from './bracket.ts';
import { renderWindowScene, type WindowSceneOptions } from './window-scene.ts';

/** One exposure of a scene, decoded. */
export type WindowShot = WindowSceneOptions & { readonly ev: number };

/** The window scene, exposure by exposure, as the engine's plan sees brackets. */
export function windowBracket(shots: readonly WindowShot[]): Overview[] {
  return shots.map(({ ev, ...options }, frame) => {
    const scene = renderWindowScene(options);
    const codes = expose(scene, { ev, seed: frame + 1, light: [1, 1, 1] });
    const { width, height } = scene;
    const picture: Picture = { width, height, data: Uint16Array.from(codes, (code) => code * 257) };
    return { frame, name: `${ev} EV`, picture, luma: lumaOf(picture), scale: 1 };
  });
}

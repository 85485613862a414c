import type { Picture } from '../pixels/picture.ts';
import type { SceneLight } from './balance-listing.ts';
import { estimateLight } from './estimate-light.ts';
import { sceneChroma } from './scene-chroma.ts';
import { smallScene } from './small-scene.ts';

/** The light in which one exposure was taken, as `balanceListing` wants to know it. */
export function measureLight(picture: Picture): SceneLight {
  const { light, warmthSigma, tintSigma, outdoors } = estimateLight(
    sceneChroma(smallScene(picture)),
  );
  return {
    lightRed: light.red,
    lightBlue: light.blue,
    lightSigma: Math.hypot(warmthSigma, tintSigma),
    outdoors,
  };
}

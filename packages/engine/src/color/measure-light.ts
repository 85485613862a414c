import { LUMA_B, LUMA_G, LUMA_R, type Picture } from '../pixels/picture.ts';
import type { FrameLight } from './balance-listing.ts';
import { estimateLight } from './estimate-light.ts';
import { isMonochrome } from './is-monochrome.ts';
import { sceneChroma } from './scene-chroma.ts';
import { type SmallScene, smallScene } from './small-scene.ts';

/** Stops: an estimate as unsure as this has no say among others. */
const UNKNOWN = 10;

/**
 * The light in which one exposure was taken, as `lightOfScene` wants to know it. A black and white photo does
 * not tell it.
 */
export function measureLight(picture: Picture): FrameLight {
  const scene = smallScene(picture);
  if (isMonochrome(picture))
    return {
      ...{ lightRed: 0, lightBlue: 0, lightSigma: UNKNOWN, outdoors: false },
      exposed: exposedness(scene),
    };
  const { light, warmthSigma, tintSigma, outdoors } = estimateLight(sceneChroma(scene));
  return {
    lightRed: light.red,
    lightBlue: light.blue,
    lightSigma: Math.hypot(warmthSigma, tintSigma),
    outdoors,
    exposed: exposedness(scene),
  };
}

/** Spread of well exposed values around the middle, as exposure fusion has it (Mertens, Kautz & Van Reeth, 2007). */
const SPREAD = 0.2;

/** Mean over the picture of how well exposed its luma is, 0..1. */
function exposedness({ red, green, blue }: SmallScene): number {
  const count = red.data.length;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const luma =
      LUMA_R * (red.data[i] as number) +
      LUMA_G * (green.data[i] as number) +
      LUMA_B * (blue.data[i] as number);
    sum += Math.exp(-((luma - 0.5) ** 2) / (2 * SPREAD ** 2));
  }
  return sum / count;
}

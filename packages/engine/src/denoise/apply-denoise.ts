import { joinPicture, splitPicture, type Ycc } from '../merge/ycc.ts';
import { createPlane, type Picture, readLumaRow } from '../pixels/picture.ts';
import { tilesOf } from './measure-noise.ts';
import { type DenoisePlan, planDenoise } from './plan-denoise.ts';
import { smoothPlane } from './smooth-plane.ts';

/** Takes noise out of planes as the plan says; what `denoiseFrame` does at full size. */
export function applyDenoise({ y, cb, cr }: Ycc, plan: DenoisePlan): Ycc {
  return {
    y: plan.luma === null ? y : smoothPlane(y, plan.luma, 0.5),
    cb: plan.cb === null ? cb : smoothPlane(cb, plan.cb, 0),
    cr: plan.cr === null ? cr : smoothPlane(cr, plan.cr, 0),
  };
}

/** The same for an interleaved picture at full size: measured, and changed where it is noisy. */
export function denoisePicture(picture: Picture): { picture: Picture; plan: DenoisePlan | null } {
  const { width, height } = picture;
  const luma = createPlane(width, height);
  for (let y = 0; y < height; y++)
    readLumaRow(picture, y, luma.data.subarray(y * width, (y + 1) * width));
  const planes = splitPicture(picture, luma, null);
  const plan = planDenoise(sourceOf(planes));
  return { picture: plan === null ? picture : joinPicture(applyDenoise(planes, plan)), plan };
}

function sourceOf({ y, cb, cr }: Ycc) {
  const { width, height } = y;
  return { width, height, luma: tilesOf(y), cb: tilesOf(cb), cr: tilesOf(cr) };
}

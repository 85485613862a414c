import { joinPicture, splitPicture, type Ycc } from '../merge/ycc.ts';
import { LUMA_B, LUMA_G, LUMA_R, lumaOf, type Picture } from '../pixels/picture.ts';
import type { NoiseSource, TileReader } from './measure-noise.ts';
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
  const plan = planDenoise(noiseSourceOf(picture));
  if (plan === null) return { picture, plan };
  const planes = splitPicture(picture, lumaOf(picture), null);
  return { picture: joinPicture(applyDenoise(planes, plan)), plan };
}

/** Looks at the pixels that are asked for only. */
function noiseSourceOf(picture: Picture): NoiseSource {
  const { width, height } = picture;
  return {
    ...{ width, height },
    luma: lumaTiles(picture),
    cb: chromaTiles(picture, { channel: 2, span: 2 * (1 - LUMA_B) }),
    cr: chromaTiles(picture, { channel: 0, span: 2 * (1 - LUMA_R) }),
  };
}

function lumaTiles({ width, data }: Picture): TileReader {
  return ({ x, y }, into) => {
    const side = Math.sqrt(into.length);
    for (let row = 0, i = 0; row < side; row++)
      for (let at = 3 * ((y + row) * width + x), end = at + 3 * side; at < end; at += 3, i++)
        into[i] = lumaAt(data, at) / 65_535;
  };
}

/** Cb or Cr of 2 x 2 pixels: how far a channel's sum is from luma's. Squares lie wholly inside. */
function chromaTiles(
  { width, data }: Picture,
  { channel, span }: { readonly channel: 0 | 2; readonly span: number },
): TileReader {
  const scale = 1 / (4 * 65_535 * span);
  const awayAt = (at: number): number => (data[at + channel] as number) - lumaAt(data, at);
  return ({ x, y }, into) => {
    const side = Math.sqrt(into.length);
    for (let row = 0, i = 0; row < side; row++) {
      const upper = 6 * ((y + row) * width + x);
      for (let at = upper, end = upper + 6 * side; at < end; at += 6, i++) {
        const below = at + 3 * width;
        into[i] = (awayAt(at) + awayAt(at + 3) + awayAt(below) + awayAt(below + 3)) * scale;
      }
    }
  };
}

function lumaAt(data: Uint16Array, at: number): number {
  return (
    LUMA_R * (data[at] as number) +
    LUMA_G * (data[at + 1] as number) +
    LUMA_B * (data[at + 2] as number)
  );
}

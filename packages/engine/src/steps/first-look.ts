import { encodeImage, previewSettings, toPicture8 } from '../encode/encode-image.ts';
import type { Picture } from '../pixels/picture.ts';
import { duskFrame } from '../render/dusk.ts';
import { onPlanes } from '../render/on-planes.ts';
import { decodeAhead } from './decode.ts';
import { pictureOf, referenceHeader } from './job.ts';
import type { Job } from './step.ts';

/** Where one is asked for: what every step made of the small copies is nearly what full size will be. */
export async function giveFirstLook(job: Job): Promise<void> {
  const { firstLook } = job.options;
  if (firstLook === null) return;
  const picture = { ...toPicture8(await asMeant(job)), gamut: referenceHeader(job).working };
  job.onFirstLook(await encodeImage(picture, previewSettings(firstLook)));
  decodeAhead(job);
}

/** In the light that was asked for. */
async function asMeant(job: Job): Promise<Picture> {
  const { pool, plan } = job;
  const { dusk } = plan;
  const picture = pictureOf(job);
  return dusk === null ? picture : onPlanes(pool, picture, (photo) => duskFrame(pool, photo, dusk));
}

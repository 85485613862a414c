import { encodeImage, previewSettings, toPicture8 } from '../encode/encode-image.ts';
import { decodeAhead } from './decode.ts';
import { pictureOf, referenceHeader } from './job.ts';
import type { Job } from './step.ts';

/** Where one is asked for: what every step made of the small copies is nearly what full size will be. */
export async function giveFirstLook(job: Job): Promise<void> {
  const { firstLook } = job.options;
  if (firstLook === null) return;
  const picture = { ...toPicture8(pictureOf(job)), gamut: referenceHeader(job).working };
  job.onFirstLook(await encodeImage(picture, previewSettings(firstLook)));
  decodeAhead(job);
}

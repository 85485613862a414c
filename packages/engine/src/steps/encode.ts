import {
  type EncodeSettings,
  encodeImage,
  previewSettings,
  toPicture8,
} from '../encode/encode-image.ts';
import type { EncodedImage } from '../encoded-image.ts';
import { render } from '../render/render.ts';
import { pictureOf } from './job.ts';
import type { Job, Step } from './step.ts';

/** Name of the full-size result among the outputs. */
const IMAGE_OUTPUT = 'image';

/** Share of the time that goes into rendering. */
const RENDER_SHARE = 0.7;

/** Carries the plan out at full size and writes the finished photo and its previews. */
export const encode: Step = {
  name: 'encode',
  cost: 60,
  run: async (job) => {
    const { output, previews } = job.options;
    const wanted: EncodeSettings[] = [
      { ...output, name: IMAGE_OUTPUT, maxHeight: null },
      ...previews.map(previewSettings),
    ];
    await giveFirstLook(job);
    // From here on the plan is all that is needed of them.
    job.overviews = [];
    const picture = await render({
      ...job,
      pulse: (fraction) => job.pulse(RENDER_SHARE * fraction),
    });
    const outputs: EncodedImage[] = [];
    for (const settings of wanted) {
      outputs.push(await encodeImage(picture, settings));
      await job.pulse(RENDER_SHARE + ((1 - RENDER_SHARE) * outputs.length) / wanted.length);
    }
    job.outputs = outputs;
    const { width, height } = picture;
    return {
      ran: true,
      facts: { outputs: outputs.length, bytes: outputs[0]?.bytes.length ?? 0, width, height },
    };
  },
};

/** What every step made of the small copies is what full size will look like. */
async function giveFirstLook(job: Job): Promise<void> {
  const { firstLook } = job.options;
  if (firstLook === null) return;
  job.onFirstLook(await encodeImage(toPicture8(pictureOf(job)), previewSettings(firstLook)));
}

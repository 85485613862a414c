import {
  type EncodeSettings,
  encodeImage,
  previewSettings,
  toPicture8,
} from '../encode/encode-image.ts';
import type { EncodedImage } from '../encoded-image.ts';
import { pictureOf } from './job.ts';
import type { Step } from './step.ts';

/** Name of the full-size result among the outputs. */
const IMAGE_OUTPUT = 'image';

/** Writes the finished photo and its previews. */
export const encode: Step = {
  name: 'encode',
  cost: 7,
  run: async (job) => {
    const { output, previews } = job.options;
    const wanted: EncodeSettings[] = [
      { ...output, name: IMAGE_OUTPUT, maxHeight: null },
      ...previews.map(previewSettings),
    ];
    const picture = toPicture8(pictureOf(job));
    const outputs: EncodedImage[] = [];
    for (const settings of wanted) {
      outputs.push(await encodeImage(picture, settings));
      await job.pulse(outputs.length / wanted.length);
    }
    job.outputs = outputs;
    return { ran: true, facts: { outputs: outputs.length, bytes: outputs[0]?.bytes.length ?? 0 } };
  },
};

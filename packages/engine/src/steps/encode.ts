import sharp from 'sharp';
import type { EditRecord } from '../encode/edit-record.ts';
import { encodeOutputs } from '../encode/encode-outputs.ts';
import { ENGINE_VERSION } from '../engine-version.ts';
import type { Picture } from '../pixels/picture.ts';
import { type Rendered, render } from '../render/render.ts';
import { referenceHeader } from './job.ts';
import type { Job, Step } from './step.ts';

/** Share of the time that goes into rendering. */
const RENDER_SHARE = 0.7;

/** Carries the plan out at full size and writes the finished photo and its previews. */
export const encode: Step = {
  name: 'encode',
  cost: 60,
  run: async (job) => {
    const reference = referenceHeader(job);
    // From here on the plan is all that is needed of them.
    job.overviews = [];
    const picture = await render({
      ...job,
      pulse: (fraction) => job.pulse(RENDER_SHARE * fraction),
    });
    const outputs = await encodeOutputs(
      { ...picture, gamut: reference.working },
      {
        options: job.options,
        record: editRecord(job),
        exif: reference.exif,
        pulse: (fraction) => job.pulse(RENDER_SHARE + (1 - RENDER_SHARE) * fraction),
      },
    );
    job.outputs = outputs;
    job.photo = await shrink(picture);
    const { width, height } = picture;
    return {
      ran: true,
      facts: { outputs: outputs.length, bytes: outputs[0]?.bytes.length ?? 0, width, height },
    };
  },
};

/** Longer side of the copy that is inspected. */
const INSPECTED_SIDE = 768;

async function shrink({ width, height, data }: Rendered): Promise<Picture> {
  const small = await sharp(data, { raw: { width, height, channels: 3 }, limitInputPixels: false })
    .resize({
      width: INSPECTED_SIDE,
      height: INSPECTED_SIDE,
      fit: 'inside',
      withoutEnlargement: true,
    })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { info } = small;
  return {
    width: info.width,
    height: info.height,
    data: Uint16Array.from(small.data, (code) => code * 257),
  };
}

/** Reading and writing the files is no edit. */
function editRecord(job: Job): EditRecord {
  return {
    software: `PhotoEstate engine ${ENGINE_VERSION}`,
    exposures: job.plan.frames.length,
    steps: job.ran.filter((name) => name !== 'decode'),
  };
}

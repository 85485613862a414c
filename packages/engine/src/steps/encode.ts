import { digitalSourceType, type EditRecord } from '../encode/edit-record.ts';
import { encodeOutputs } from '../encode/encode-outputs.ts';
import { ENGINE_VERSION } from '../engine-version.ts';
import { shrinkOnPool } from '../inspect/shrink-on-pool.ts';
import { smallSize } from '../inspect/small-copy.ts';
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
    job.picture = null;
    const picture = await render({
      ...job,
      pulse: (fraction) => job.pulse(RENDER_SHARE * fraction),
    });
    job.longSide = Math.max(picture.width, picture.height);
    const { sharpen } = job.plan;
    const record = editRecord(job);
    const writing = encodeOutputs(
      { ...picture, gamut: reference.working },
      {
        options: job.options,
        record,
        exif: reference.exif,
        sharpening: sharpen === null ? null : { settings: sharpen, noise: picture.noise },
        pulse: (fraction) => job.pulse(RENDER_SHARE + (1 - RENDER_SHARE) * fraction),
      },
    );
    const [outputs] = await Promise.all([writing, handOver(job, picture)]);
    job.outputs = outputs;
    const { width, height } = picture;
    const bytes = outputs[0]?.bytes.length ?? 0;
    const { exposures } = record;
    const sourceType = digitalSourceType(record);
    return {
      ran: true,
      facts: { outputs: outputs.length, bytes, width, height, exposures, sourceType },
    };
  },
};

/** The photo as small as it is inspected. */
async function handOver(job: Job, picture: Rendered): Promise<void> {
  job.photo =
    picture.before ?? (await shrinkOnPool(job.pool, picture, job.witnesses ?? smallSize(picture)));
  job.onRendered();
}

/** Reading and writing the files is no edit. */
function editRecord(job: Job): EditRecord {
  return {
    software: `PhotoEstate engine ${ENGINE_VERSION}`,
    exposures: job.plan.frames.length,
    steps: job.ran.filter((name) => name !== 'decode'),
  };
}

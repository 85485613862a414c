import { applyShifts, measureShifts } from '../align/align-frames.ts';
import type { FrameSource } from '../pixels/frame-source.ts';
import { proxyOf } from '../pixels/proxy.ts';
import type { Job, Step, Warning } from './step.ts';

/** Frames further apart than this share of the width were not meant to be one photo. */
const LARGEST_SHIFT = 0.05;

const NOT_ALIGNED: Warning = {
  code: 'not_aligned',
  message:
    'Some exposures could not be matched with the others. If edges look doubled, leave those out or use a tripod.',
};

/** Moves hand-held exposures onto each other by whole pixels and cuts off what not all of them saw. */
export const align: Step = {
  name: 'align',
  cost: 6,
  run: async (job) => {
    if (job.sources.length < 2) return { ran: false, reason: 'There is only one exposure.' };
    const { shifts, unsure } = measureShifts(job.sources, job.referenceIndex);
    await job.pulse(0.9);
    const largest = Math.max(...shifts.map(({ x, y }) => Math.hypot(x, y)));
    const width = job.sources[0]?.width ?? 0;
    // On a tripod nothing moved, and a frame too dark to tell is where the others are.
    const moved = largest > 0;
    const lost = (moved && unsure.length > 0) || largest > LARGEST_SHIFT * width;
    const warnings = lost ? [NOT_ALIGNED] : [];
    const facts = { largestShift: largest, unsure: unsure.length };
    if (moved && largest <= LARGEST_SHIFT * width) {
      job.sources = applyShifts(job.sources, shifts);
      const reference = job.sources[job.referenceIndex];
      if (reference !== undefined) narrow(job, reference);
    }
    return { ran: true, facts: { ...facts, ...job.crop }, warnings };
  },
};

/** From here on the photo is the window of the reference that all frames share. */
function narrow(job: Job, reference: FrameSource): void {
  job.referenceProxy = proxyOf(reference);
  if (job.crop === null) return;
  const { offsetX: left, offsetY: top, width, height } = reference;
  job.crop = { ...job.crop, left, top, width, height };
}

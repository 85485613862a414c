import { fuse } from '../merge/fuse.ts';
import { virtualExposures } from '../merge/virtual-exposures.ts';
import type { FrameSource } from '../pixels/frame-source.ts';
import type { Step } from './step.ts';

/** Fuses the exposures into one photo and lets go of them. Switched off, the best single exposure is kept. */
export const merge: Step = {
  name: 'merge',
  cost: 50,
  run: async (job) => {
    const settings = job.options.steps.merge;
    const reference = job.sources.slice(job.referenceIndex, job.referenceIndex + 1);
    const chosen = settings.enabled ? withVirtual(job.sources, settings.singleLift) : reference;
    job.picture = await fuse(chosen, settings, job.pulse);
    const facts = {
      exposures: job.sources.length,
      fused: chosen.length,
      reference: reference[0]?.name ?? '',
    };
    job.sources = [];
    return { ran: true, facts };
  },
};

function withVirtual(sources: readonly FrameSource[], lift: number): readonly FrameSource[] {
  const [only] = sources;
  return sources.length === 1 && only !== undefined ? virtualExposures(only, lift) : sources;
}

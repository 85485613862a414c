import { ghostMasks } from '../ghost/ghost-masks.ts';
import { fuseOverviews } from '../merge/fuse-overviews.ts';
import { planFusion } from '../merge/plan-fusion.ts';
import type { Step } from './step.ts';

/** Fuses the exposures into one photo; what moved is taken from one of them. Switched off, the best single exposure is kept. */
export const merge: Step = {
  name: 'merge',
  cost: 10,
  run: async (job) => {
    if (!job.options.steps.merge.enabled) keepReference(job);
    const ghosts = ghostMasks(job.overviews, job.referenceIndex);
    job.plan.fusion = planFusion(job.overviews, ghosts.masks);
    await job.pulse(0.5);
    job.picture = fuseOverviews(job.overviews, job.plan.fusion);
    const facts = {
      exposures: job.overviews.length,
      fused: job.plan.fusion.layers.length,
      reference: job.overviews[job.referenceIndex]?.name ?? '',
      ghosts: ghosts.regions,
    };
    return { ran: true, facts };
  },
};

function keepReference(job: Parameters<Step['run']>[0]): void {
  const [overview, frame] = [
    job.overviews[job.referenceIndex],
    job.plan.frames[job.referenceIndex],
  ];
  if (overview === undefined || frame === undefined) return;
  job.overviews = [overview];
  job.plan.frames = [frame];
  job.referenceIndex = 0;
}

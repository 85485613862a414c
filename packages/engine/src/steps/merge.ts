import { ghostMasks } from '../ghost/ghost-masks.ts';
import { planFusion } from '../merge/plan-fusion.ts';
import { planningCopies } from '../merge/planning-copies.ts';
import { meanOf } from '../pixels/measure.ts';
import { createPlane } from '../pixels/picture.ts';
import { halved } from '../pixels/pyramid.ts';
import type { FusionPlan, Overview } from '../plan/plan.ts';
import { fuseSmall } from '../render/fuse-small.ts';
import type { Job, Step, Warning } from './step.ts';

/** Share of the frame from which on a photographer is told that it comes from single exposures. */
const MUCH = 0.2;

const MUCH_MOVED: Warning = {
  code: 'much_moved',
  message:
    'A large part of the view changed between the exposures (people, light, leaves). There only exposures that agree are shown, so that nothing is doubled.',
};

/** Exposures whose mean brightness differs by less than this factor are of one exposure, as far as it matters. */
const SAME = 1.05;

const SAME_EXPOSURE: Warning = {
  code: 'same_exposure',
  message:
    'All exposures are equally bright, so together they show no more than one does. Shoot some darker and some brighter.',
};

/**
 * Fuses the exposures into one photo; what moved is taken from those that agree. Switched off, the best single
 * exposure is kept.
 */
export const merge: Step = {
  name: 'merge',
  cost: 10,
  run: async (job) => {
    const settings = job.options.steps.merge;
    if (!settings.enabled) keepReference(job);
    const copies = planningCopies(job.overviews);
    const ghosts = ghostMasks(copies, job.referenceIndex);
    await job.pulse(0.3);
    job.plan.fusion = settings.enabled
      ? planFusion(copies, ghosts.masks, settings)
      : unchanged(copies);
    await job.pulse(0.7);
    job.picture = await fuseSmall(job.pool, job.overviews, job.plan.fusion);
    const facts = {
      exposures: job.overviews.length,
      fused: job.plan.fusion.layers.length,
      reference: job.overviews[job.referenceIndex]?.name ?? '',
      ghosts: ghosts.regions,
      ghostShare: Math.round(ghosts.share * 1e4) / 1e4,
    };
    const warnings = [
      ...(ghosts.share > MUCH ? [MUCH_MOVED] : []),
      ...(areSame(job.overviews) ? [SAME_EXPOSURE] : []),
    ];
    return { ran: true, facts, warnings };
  },
};

function areSame(overviews: readonly Overview[]): boolean {
  const means = overviews.map(({ luma }) => meanOf(luma));
  return means.length > 1 && Math.max(...means) < SAME * Math.min(...means);
}

/** A fusion of one exposure with nothing: both levels of its pyramid as they are. */
function unchanged([copy]: readonly Overview[]): FusionPlan {
  const { width, height } = copy?.luma ?? { width: 1, height: 1 };
  const weights = [createPlane(width, height), createPlane(halved(width), halved(height))];
  for (const { data } of weights) data.fill(1);
  return { scale: copy?.scale ?? 1, layers: [{ source: 0, curve: null, weights }] };
}

function keepReference(job: Job): void {
  const [overview, frame] = [
    job.overviews[job.referenceIndex],
    job.plan.frames[job.referenceIndex],
  ];
  if (overview === undefined || frame === undefined) return;
  job.overviews = [overview];
  job.plan.frames = [frame];
  job.referenceIndex = 0;
}

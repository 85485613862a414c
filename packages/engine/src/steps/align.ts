import { type Alignment, alignOverviews } from '../align/align-overviews.ts';
import { layOverview } from '../align/lay-overview.ts';
import type { Job, Step, Warning } from './step.ts';

/** Share of the time that finding takes; the rest is laying. */
const FINDING_SHARE = 0.6;

/** Lays hand-held exposures onto each other and leaves out what does not belong to the photo. */
export const align: Step = {
  name: 'align',
  cost: 6,
  run: async (job) => {
    if (job.overviews.length < 2) return { ran: false, reason: 'There is only one exposure.' };
    const { width, height } = job.plan.area;
    const alignment = alignOverviews(job.overviews, job.referenceIndex, { width, height });
    await job.pulse(FINDING_SHARE);
    await layAll(job, alignment);
    const { placements } = alignment;
    const moved = placements.filter(({ verdict }) => verdict === 'aligned');
    const facts = {
      aligned: moved.length,
      dropped: placements.filter(({ verdict }) => verdict === 'dropped').length,
      largestShift: rounded(Math.max(0, ...moved.map(({ distance }) => distance))),
      confidence: rounded(leastConfidence(alignment)),
    };
    return { ran: true, facts: { ...facts, ...job.crop }, warnings: warningsOf(alignment) };
  },
};

async function layAll(job: Job, alignment: Alignment): Promise<void> {
  const { placements, referenceIndex, rectangle: area } = alignment;
  const overviews: Job['overviews'][number][] = [];
  const frames: Job['plan']['frames'][number][] = [];
  for (const [index, { verdict, toFrame }] of placements.entries()) {
    const overview = job.overviews[index];
    if (overview === undefined || verdict === 'dropped') continue;
    if (index === referenceIndex) job.referenceIndex = overviews.length;
    overviews.push(await layOverview(job.pool, overview, { toFrame, area }));
    frames.push({ frame: overview.frame, toFrame });
    await job.pulse(FINDING_SHARE + ((1 - FINDING_SHARE) * (index + 1)) / placements.length);
  }
  job.overviews = overviews;
  job.plan.frames = frames;
  job.plan.area = area;
  if (job.crop !== null) job.crop = { ...job.crop, ...area };
}

function warningsOf({ placements }: Alignment): Warning[] {
  return placements.flatMap(({ name, reason }) =>
    reason === null
      ? []
      : [{ code: 'frame_left_out', message: `"${name}" was left out: ${reason}.` }],
  );
}

/** Of the frames that are used. */
function leastConfidence({ placements }: Alignment): number {
  const used = placements.filter(({ verdict }) => verdict !== 'dropped');
  return Math.min(...used.map(({ confidence }) => confidence));
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

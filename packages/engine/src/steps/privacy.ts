import type { ShareBox } from '../options/settings.ts';
import { applyPrivacy } from '../privacy/apply-privacy.ts';
import { type BlurredBox, planPrivacy, reachesOver } from '../privacy/plan-privacy.ts';
import { pictureOf } from './job.ts';
import type { Step, Warning } from './step.ts';

/** Blurs faces, and the boxes that were asked for, beyond recovery. Only on request. */
export const privacy: Step = {
  name: 'privacy',
  cost: 10,
  run: async (job) => {
    const picture = pictureOf(job);
    const { pool } = job;
    const { scale } = job.plan;
    const plan = await planPrivacy({ picture, scale, pool }, job.options.steps.privacy);
    await job.pulse(0.8);
    if (plan.boxes.length === 0)
      return { ran: false, reason: 'No faces were found, and nothing else was to be hidden.' };
    job.plan.privacy = plan;
    job.picture = await applyPrivacy(picture, plan, { scale, pause: () => job.pulse(0.8) });
    const faces = plan.boxes.filter(({ by }) => by === 'face').length;
    const boxes = plan.boxes.map(describe).join('; ');
    return {
      ran: true,
      facts: { faces, byHand: plan.boxes.length - faces, boxes },
      warnings: job.options.steps.privacy.boxes.flatMap(cutOff),
    };
  },
};

/** Hides what was drawn, but may have been meant for another place. */
function cutOff(box: ShareBox, index: number): Warning[] {
  if (!reachesOver(box)) return [];
  const { left, top, width, height } = box;
  const sides = [
    ...(rounded(left + width) > 1
      ? [`left ${left} and width ${width} are ${rounded(left + width)}`]
      : []),
    ...(rounded(top + height) > 1
      ? [`top ${top} and height ${height} are ${rounded(top + height)}`]
      : []),
  ];
  return [
    {
      code: 'box_cut_off',
      message: `Box ${index + 1} of what is to be hidden reaches over the edge of the photo, which is at 1: ${sides.join('; ')}. The part within was blurred. Look whether it is the right one.`,
    },
  ];
}

function rounded(sum: number): number {
  return Math.round(sum * 1e4) / 1e4;
}

/** "face 1200,340 96x120": corner and size in full-size pixels of the photo. */
function describe({ by, left, top, width, height }: BlurredBox): string {
  const [x, y, w, h] = [left, top, width, height].map(Math.round);
  return `${by} ${x},${y} ${w}x${h}`;
}

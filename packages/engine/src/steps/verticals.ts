import { UNKNOWN_LENS } from '../geometry/estimate-frame.ts';
import { planVerticals, type Tilt, type Upright } from '../geometry/plan-verticals.ts';
import { applyGeometry, cameraOf } from './apply-geometry.ts';
import { pictureOf } from './job.ts';
import type { Step, StepFacts, Warning } from './step.ts';

const RESHOOT: Warning = {
  code: 'tilted_too_far',
  message:
    'The camera was tilted too far for the verticals to be straightened without stretching the room. Shoot it again with the camera level.',
};

const LEFT_ALONE = {
  unsure: 'There are too few upright edges to tell how the camera was held.',
  upright: 'The verticals are upright already.',
} as const;

/** Makes walls stand upright, and carries out what `lens` found in the same resample. */
export const verticals: Step = {
  name: 'verticals',
  cost: 6,
  run: async (job) => {
    const picture = pictureOf(job);
    const found = job.plan.lens;
    const plan = planVerticals(picture, await cameraOf(job), {
      lens: found?.known ?? UNKNOWN_LENS,
      strength: job.options.steps.verticals.strength,
    });
    await job.pulse(0.4);
    const lens = found?.lens ?? null;
    if (!plan.correct && plan.why !== 'reshoot' && lens === null)
      return { ran: false, reason: LEFT_ALONE[plan.why] };
    const toUpright = plan.correct ? plan.toUpright : null;
    const before = job.plan.area;
    const kept =
      toUpright === null && lens === null ? before : await applyGeometry(job, { lens, toUpright });
    const area = (kept.width * kept.height) / (before.width * before.height);
    const facts = { ...factsOf(plan), keptArea: Math.round(area * 1000) / 1000 };
    return { ran: true, facts, warnings: warningsOf(plan) };
  },
};

function warningsOf(plan: Upright): Warning[] {
  return !plan.correct && plan.why === 'reshoot' ? [RESHOOT] : [];
}

/** Degrees. */
function factsOf(plan: Upright): StepFacts {
  const done = plan.correct ? 'corrected' : plan.why;
  if (plan.tilt === null) return { done };
  const rounded = (key: keyof Tilt): number => Math.round((plan.tilt?.[key] ?? 0) * 100) / 100;
  return {
    done,
    pitch: rounded('pitch'),
    roll: rounded('roll'),
    pitchSpread: rounded('pitchSpread'),
    rollSpread: rounded('rollSpread'),
  };
}

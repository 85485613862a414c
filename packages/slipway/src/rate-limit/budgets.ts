import { type Budget, budgetFor, type Rate } from '@repo/foundation/rate-limit';
import type { VerifiedKey } from '../api-key/index.ts';
import type { SlipwayContext } from '../context.ts';
import { heldPlan } from '../plan/held-plan.ts';

/** What a call with this key is counted against: first the key's budget, then its whole project's. */
export function budgetsOf(
  { config }: Pick<SlipwayContext, 'config'>,
  { actor, project, plan }: Pick<VerifiedKey, 'actor' | 'project' | 'plan'>,
): Budget[] {
  const { limits } = project;
  const { rates } = plan ?? heldPlan(config.defaultPlan);
  return [
    ...budgetFor('key', actor.keyId, said(limits?.key, said(config.rates.key, rates.key))),
    ...budgetFor(
      'project',
      project.id,
      said(limits?.project, said(config.rates.project, rates.project)),
    ),
  ];
}

/** Null says that there is no limit, undefined says nothing. */
const said = (rate: Rate | null | undefined, otherwise: Rate | null) =>
  rate === undefined ? otherwise : rate;

import type { Budget } from '@repo/foundation/rate-limit';
import type { VerifiedKey } from '../api-key/index.ts';
import type { SlipwayContext } from '../context.ts';
import type { Rate } from './rate.ts';

/** What a call with this key is counted against: first the key's budget, then its whole project's. */
export function budgetsOf(
  { config }: Pick<SlipwayContext, 'config'>,
  { actor, project }: Pick<VerifiedKey, 'actor' | 'project'>,
): Budget[] {
  const { limits } = project;
  const ofKey = limits?.key === undefined ? config.rates.key : limits.key;
  const ofProject = limits?.project === undefined ? config.rates.project : limits.project;
  return [...budget('key', actor.keyId, ofKey), ...budget('project', project.id, ofProject)];
}

function budget(policy: string, id: string, rate: Rate | null): Budget[] {
  if (rate === null) return [];
  return [{ policy, key: `${policy}:${id}`, quota: rate.calls, windowSeconds: rate.seconds }];
}

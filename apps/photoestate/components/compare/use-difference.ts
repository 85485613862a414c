'use client';

import type { Analyst } from '../../lib/compare/analyst.ts';
import { between } from '../../lib/compare/projection.ts';
import type { StagePicture } from '../../lib/compare/stage-picture.ts';

import { useAnswer } from './use-analyst.ts';

type Pair = { left: StagePicture; right: StagePicture };

function urlOf({ preview, full }: StagePicture): string {
  return preview ?? full;
}

/** How much two pictures differ, in a few words; undefined until that is known. */
export function useDifference(
  analyst: Analyst | undefined,
  pair: Pair | undefined,
): string | undefined {
  const asked = pair && {
    left: urlOf(pair.left),
    right: urlOf(pair.right),
    there: between(pair.left.shows, pair.right.shows),
  };
  const key = analyst && asked ? JSON.stringify(asked) : null;
  const answer = useAnswer(key, async () => {
    if (!analyst || !asked) throw new Error('there are not two pictures');
    return analyst.difference(asked);
  });
  if (!answer || !('value' in answer)) return undefined;
  const { mean, changed } = answer.value;
  return `${Math.round(changed * 100)} % changed, mean ${mean.toFixed(1)} levels`;
}

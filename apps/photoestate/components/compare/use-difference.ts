'use client';

import type { Analyst } from '../../lib/compare/analyst.ts';
import type { StagePicture } from '../../lib/compare/stage-picture.ts';
import { sharedPart } from '../../lib/compare/view.ts';
import { useAnswer } from './use-analyst.ts';

type Pair = { left: StagePicture; right: StagePicture };

function partOf(own: StagePicture, other: StagePicture) {
  return { url: own.preview ?? own.full, part: sharedPart(own.shows, other.shows) };
}

/** How much two pictures differ, in a few words; undefined until that is known. */
export function useDifference(
  analyst: Analyst | undefined,
  pair: Pair | undefined,
): string | undefined {
  const left = pair && partOf(pair.left, pair.right);
  const right = pair && partOf(pair.right, pair.left);
  const key = analyst && left && right ? JSON.stringify([left, right]) : null;
  const answer = useAnswer(key, async () => {
    if (!analyst || !left || !right) throw new Error('there are not two pictures');
    return analyst.difference(left, right);
  });
  if (!answer || !('value' in answer)) return undefined;
  const { mean, changed } = answer.value;
  return `${Math.round(changed * 100)} % changed, mean ${mean.toFixed(1)} levels`;
}

import { DecodedAhead } from '../frames/decode-ahead.ts';
import { emptyPlan } from '../plan/plan.ts';
import type { Job } from './step.ts';

/** What a job is given from outside. */
type Given = Pick<Job, 'frames' | 'options' | 'pool' | 'onFirstLook' | 'pulse'>;

/** A job of which nothing is done yet. */
export function newJob(given: Given): Job {
  return {
    ...given,
    headers: [],
    overviews: [],
    referenceIndex: 0,
    ahead: new DecodedAhead(),
    plan: emptyPlan(),
    crop: null,
    witnesses: null,
    longSide: 0,
    photo: null,
    picture: null,
    ran: [],
    outputs: [],
    measurements: null,
    onRendered: () => undefined,
  };
}

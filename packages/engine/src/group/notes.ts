import { levelOf } from './exposure-step.ts';
import { isBlank } from './place-blanks.ts';
import type { Shot } from './shot.ts';
import type { Twin } from './twins.ts';

/** Why a frame lies where it lies, where that may be a surprise. */
export type GroupNote = {
  readonly id: string;
  readonly code: 'twin' | 'other_view' | 'no_data' | 'too_bright' | 'too_dark' | 'split';
  /** A sentence for the photographer. */
  readonly message: string;
};

/** Mean light (EV below white) that tells a white frame from a black one. */
const MIDDLE = -6;

export function noteOnTwin({ spare, used }: Twin): GroupNote {
  const file = used.frame.name ?? used.id;
  return {
    id: spare.id,
    code: 'twin',
    message: `It is the same exposure as "${file}", which is used instead.`,
  };
}

/** For a frame whose time and exposure would have put it together with another view. */
export function noteOnOtherView({ id }: Shot): GroupNote {
  return {
    id,
    code: 'other_view',
    message:
      'By its date and exposure it belonged to frames that show another view, so it was grouped by what it shows.',
  };
}

type Split = {
  readonly count: number;
  /** False where more may belong to them than were looked at. */
  readonly isAll: boolean;
  readonly parts: number;
  readonly maxFrames: number;
};

/** For a frame of more than one scene can hold. */
export function noteOnSplit({ id }: Shot, split: Split): GroupNote {
  const [count, parts] = split.isAll
    ? [`${split.count}`, `${split.parts}`]
    : [`${split.count} or more`, 'several'];
  return {
    id,
    code: 'split',
    message: `It is one of ${count} exposures that seem to belong together. A scene holds ${split.maxFrames} at most, so they were made into ${parts} scenes.`,
  };
}

/** For a frame that stands alone because nothing is known of it. */
export function noteOnUnknown(shot: Shot): GroupNote {
  const print = shot.view()?.print;
  if (print === undefined || !isBlank(shot)) {
    const message = 'It carries no date or exposure by which it could be put to others.';
    return { id: shot.id, code: 'no_data', message };
  }
  const code = levelOf(print) > MIDDLE ? 'too_bright' : 'too_dark';
  const color = code === 'too_bright' ? 'white' : 'black';
  return {
    id: shot.id,
    code,
    message: `It is almost ${color} and carries no date or exposure, so nothing says which photo it belongs to. Add it to its scene by hand.`,
  };
}

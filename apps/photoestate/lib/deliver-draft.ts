import type { Deliverable, DeliveriesOfListing, Delivery } from '@repo/photoestate/router';

/** A photo on the table of what is delivered: in or out, in an order, with a word for what it shows. */
export type Choice = {
  sceneId: string;
  thumbUrl: string;
  number: number;
  title: string;
  included: boolean;
};

/** A delivery as its form has it, but for the PIN: that is kept nowhere. */
export type Draft = {
  choices: Choice[];
  /** As they are typed, with commas or in lines. */
  recipients: string;
  message: string;
  /** A day, `2026-05-01`, or nothing. */
  expires: string;
  branded: boolean;
  watermark: boolean;
  sizes: string[];
};

type Known = Pick<DeliveriesOfListing, 'deliverable' | 'usual'>;

/** A photo of another link, to begin a new one with. */
export type Picked = { sceneId: string; title: string | null };

/** What a new link begins with: every finished photo, or some of another link, called as they are there. */
export function newDraft({ deliverable, usual }: Known, only?: readonly Picked[]): Draft {
  const picked = new Map(only?.map(({ sceneId, title }) => [sceneId, title]));
  const choices = deliverable.map((entry) => {
    const title = picked.get(entry.sceneId);
    const included = only === undefined || picked.has(entry.sceneId);
    return choiceOf(entry, { included, ...(title == null ? {} : { title }) });
  });
  return {
    // What is in comes first, as in a link that is there.
    choices: [...choices.filter((one) => one.included), ...choices.filter((one) => !one.included)],
    ...{ recipients: '', message: '', expires: '' },
    ...{ branded: usual.branded, watermark: usual.watermark, sizes: usual.sizes },
  };
}

/** The link as it is: its photos in their order, then those that were left out. */
export function draftOf(delivery: Delivery, { deliverable }: Known): Draft {
  const byScene = new Map(deliverable.map((entry) => [entry.sceneId, entry]));
  const inside = delivery.photos.flatMap(({ sceneId, title }) => {
    const entry = byScene.get(sceneId);
    return entry ? [choiceOf(entry, { included: true, title: title ?? '' })] : [];
  });
  const scenes = new Set(inside.map(({ sceneId }) => sceneId));
  const outside = deliverable.filter(({ sceneId }) => !scenes.has(sceneId));
  const { expiresAt, recipients, message, branded, watermark, sizes } = delivery;
  return {
    choices: [...inside, ...outside.map((entry) => choiceOf(entry, { included: false }))],
    recipients: recipients.join(', '),
    message: message ?? '',
    expires: expiresAt === null ? '' : dayOf(expiresAt),
    ...{ branded, watermark, sizes },
  };
}

/** A draft follows what is finished meanwhile: new photos come last, and what is none any more goes. */
export function withFinished(
  draft: Draft,
  { deliverable, included }: Pick<Known, 'deliverable'> & { included: boolean },
): Draft {
  const finished = new Set(deliverable.map(({ sceneId }) => sceneId));
  const known = new Set(draft.choices.map(({ sceneId }) => sceneId));
  const fresh = deliverable.filter(({ sceneId }) => !known.has(sceneId));
  return {
    ...draft,
    choices: [
      ...draft.choices.filter(({ sceneId }) => finished.has(sceneId)),
      ...fresh.map((entry) => choiceOf(entry, { included })),
    ],
  };
}

function choiceOf(
  { sceneId, thumbUrl, position, label }: Deliverable,
  { included, title = label ?? '' }: { included: boolean; title?: string },
): Choice {
  return { sceneId, thumbUrl, number: position, title, included };
}

/** Moves one by so many places; it stays among its own kind, in or out. */
export function moveChoice(choices: readonly Choice[], sceneId: string, by: number): Choice[] {
  const from = choices.findIndex((choice) => choice.sceneId === sceneId);
  const moved = choices[from];
  if (moved === undefined) return [...choices];
  const to = Math.max(0, Math.min(choices.length - 1, from + by));
  const rest = choices.filter((choice) => choice !== moved);
  return [...rest.slice(0, to), moved, ...rest.slice(to)];
}

/** Puts one where another is, as a drop does. */
export function placeChoice(choices: readonly Choice[], sceneId: string, at: string): Choice[] {
  const index = (id: string) => choices.findIndex((choice) => choice.sceneId === id);
  return moveChoice(choices, sceneId, index(at) - index(sceneId));
}

export function addressesIn(text: string): string[] {
  return text.split(/[\s,;]+/).filter((part) => part !== '');
}

const dayOf = (at: Date) => {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
};

/** The link is good through that day, where the photographer is. */
export function endOfDay(day: string): Date | null {
  const [year, month, date] = day.split('-').map(Number);
  if (!year || !month || !date) return null;
  return new Date(year, month - 1, date, 23, 59, 59);
}

/** What is sent of a draft. */
export function termsOf(draft: Draft) {
  const { choices, recipients, message, expires, branded, watermark, sizes } = draft;
  return {
    photos: photosOf(choices),
    recipients: addressesIn(recipients),
    message: message.trim() === '' ? null : message.trim(),
    expiresAt: endOfDay(expires),
    ...{ branded, watermark },
    // Checked by the server, which knows the names.
    sizes: sizes as never[],
  };
}

const photosOf = (choices: readonly Choice[]) =>
  choices
    .filter(({ included }) => included)
    .map(({ sceneId, title }) => ({ sceneId, title: title.trim() }));

/** Parts of a draft that somebody changed, and what they were then. */
export type Changes = { to: Partial<Draft>; from: Partial<Draft> };

export const NO_CHANGES: Changes = { to: {}, from: {} };

/** What each part is called where it is sent. */
const TERM_OF = {
  choices: 'photos',
  recipients: 'recipients',
  message: 'message',
  expires: 'expiresAt',
  branded: 'branded',
  watermark: 'watermark',
  sizes: 'sizes',
} as const;

const PARTS = Object.keys(TERM_OF) as (keyof Draft)[];

/** Equal where the same would be sent. */
const tokenOf = (part: keyof Draft, { [part]: value }: Partial<Draft>) =>
  JSON.stringify(part === 'choices' ? photosOf((value ?? []) as Choice[]) : value);

/** What is changed once this is, too. What is as it was is not changed. */
export function withChange(changes: Changes, begun: Draft, change: Partial<Draft>): Changes {
  const to = { ...changes.to, ...change };
  const parts = PARTS.filter((part) => part in to && tokenOf(part, to) !== tokenOf(part, begun));
  const from = { ...begun, ...changes.from };
  return { to: pick(to, parts), from: pick(from, parts) };
}

/** What is left once these were saved: what was typed meanwhile. */
export function withoutSaved(changes: Changes, saved: Changes): Changes {
  const parts = PARTS.filter(
    (part) => part in changes.to && tokenOf(part, changes.to) !== tokenOf(part, saved.to),
  );
  return { to: pick(changes.to, parts), from: pick({ ...changes.from, ...saved.to }, parts) };
}

/** Parts that somebody else changed since they were changed here. */
export function overtakenBy(begun: Draft, { to, from }: Changes): (keyof Draft)[] {
  return PARTS.filter(
    (part) =>
      part in to &&
      tokenOf(part, from) !== tokenOf(part, begun) &&
      tokenOf(part, to) !== tokenOf(part, begun),
  );
}

/** What is sent of what was changed alone: what others changed stays theirs. */
export function changedTerms(draft: Draft, { to }: Changes): Partial<ReturnType<typeof termsOf>> {
  const terms = termsOf(draft);
  return pick(
    terms,
    PARTS.filter((part) => part in to).map((part) => TERM_OF[part]),
  );
}

function pick<T extends object, K extends keyof T>(all: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(keys.map((key) => [key, all[key]])) as Pick<T, K>;
}

import type { Deliverable, DeliveriesOfListing, Delivery } from '@repo/photoestate/router';

/** A photo on the table of what is delivered: in or out, in an order, with a word for what it shows. */
export type Choice = {
  sceneId: string;
  thumbUrl: string;
  number: number;
  title: string;
  included: boolean;
};

/** A delivery as its form has it. */
export type Draft = {
  choices: Choice[];
  /** As they are typed, with commas or in lines. */
  recipients: string;
  message: string;
  /** Undefined leaves it as it is, null takes it away. */
  pin: string | null | undefined;
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
    ...{ recipients: '', message: '', pin: undefined, expires: '' },
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
    pin: undefined,
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
  const { choices, recipients, message, pin, expires, branded, watermark, sizes } = draft;
  return {
    photos: choices
      .filter(({ included }) => included)
      .map(({ sceneId, title }) => ({ sceneId, title: title.trim() })),
    recipients: addressesIn(recipients),
    message: message.trim() === '' ? null : message.trim(),
    ...(pin === undefined ? {} : { pin }),
    expiresAt: endOfDay(expires),
    ...{ branded, watermark },
    // Checked by the server, which knows the names.
    sizes: sizes as never[],
  };
}

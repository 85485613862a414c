import { formatDay } from './format-day.ts';
import { counted } from './listing-status.ts';
import type { Activity } from './trpc.ts';

type Words = (activity: Activity) => string;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

const many =
  (verb: string, noun: string): Words =>
  ({ count }) =>
    `${verb} ${counted(count, noun)}`;
const named =
  (verb: string, noun: string): Words =>
  ({ count, data }) =>
    count === 1 && text(data['name'])
      ? `${verb} ${text(data['name'])}`
      : `${verb} ${counted(count, noun)}`;

const words: Readonly<Record<string, Words>> = {
  'listing.created': () => 'created the listing',
  'listing.updated': (activity) => `changed ${changedFields(activity)}`,
  'listing.archived': () => 'archived the listing',
  'listing.restored': () => 'restored the listing from the archive',
  'photo.added': named('uploaded', 'photo'),
  'photo.refused': many('could not use', 'photo'),
  'photo.moved': many('moved', 'photo'),
  'photo.deleted': named('deleted', 'photo'),
  'scene.merged': (activity) => mergedScenes(activity),
  'scene.deleted': many('deleted', 'scene'),
  'scene.split': many('split', 'scene'),
  'enhancement.queued': many('asked to enhance', 'scene'),
  'enhancement.done': many('finished', 'scene'),
  'enhancement.failed': many('could not finish', 'scene'),
  'enhancement.cancelled': many('cancelled', 'enhancement'),
  'enhancement.restored': many('restored an earlier version of', 'scene'),
  'review.accepted': many('accepted', 'result'),
  'review.rejected': many('rejected', 'result'),
  'review.adjusted': many('adjusted', 'result'),
  'scene.settings': many('changed the settings of', 'scene'),
  'batch.paused': () => 'paused the enhancing',
  'batch.resumed': () => 'went on with the enhancing',
  'batch.cancelled': () => 'cancelled the enhancing',
  'batch.lapsed': () => 'cancelled the enhancing that was paused for a month',
  'delivery.created': () => 'delivered the photos',
  'delivery.updated': () => 'changed the delivery',
  'delivery.sent': () => 'sent the delivery by mail',
  'delivery.paid': () => 'marked the delivery as paid',
  'delivery.unpaid': () => 'marked the delivery as not paid',
  'delivery.revoked': () => 'revoked the link of the delivery',
  'delivery.link_renewed': () => 'made a new link for the delivery',
  'delivery.commented': many('left', 'comment'),
  'delivery.comment_removed': many('took back', 'comment'),
  'delivery.answered': many('answered', 'comment'),
  'delivery.comment_moderated': many('dealt with', 'comment'),
};

/** How many became one, where that is told once; else how often. */
function mergedScenes({ count, data }: Activity): string {
  const from = Array.isArray(data['from']) ? data['from'].length : 1;
  return count === 1
    ? `merged ${counted(from + 1, 'scene')} into one`
    : `merged scenes ${count} times`;
}

const fieldNames: Readonly<Record<string, string>> = {
  address: 'the address',
  mlsId: 'the MLS id',
  agentId: 'the agent',
  shootDate: 'the shoot date',
  notes: 'the notes',
  tags: 'the tags',
};

/** "the shoot date to May 31, 2026", or the names of several fields. */
function changedFields({ count, data }: Activity): string {
  const to = record(data['to']);
  // The database keeps them in an order of its own.
  const names = [...new Set([...Object.keys(fieldNames), ...Object.keys(to)])].filter(
    (name) => name in to,
  );
  const [only] = names;
  if (count > 1 || only === undefined) return 'the details';
  if (names.length > 1) return names.map((name) => fieldNames[name] ?? name).join(', ');
  const name = fieldNames[only] ?? only;
  const value = to[only];
  if (value === null || value === '') return `${name}: removed`;
  if (only === 'shootDate') return `${name} to ${formatDay(text(value))}`;
  if (only === 'tags' && Array.isArray(value)) return `${name} to ${value.join(', ') || 'none'}`;
  return only === 'address' || only === 'mlsId' ? `${name} to ${text(value)}` : name;
}

/** What somebody did, in words; actions that came later say their own name. */
export function activityWords(activity: Activity): string {
  const known = words[activity.action];
  if (known) return known(activity);
  const [entity = '', verb = ''] = activity.action.replaceAll('_', ' ').split('.');
  return `${entity}: ${verb}${activity.count > 1 ? `, ${activity.count} times` : ''}`;
}

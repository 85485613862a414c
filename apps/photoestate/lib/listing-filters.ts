import { isListingStatus } from './listing-status.ts';
import { isShot, shotDays } from './shot-days.ts';
import type { ListingSort, ListingStatus } from './trpc.ts';

export const sortChoices = [
  { value: 'created', label: 'Newest first' },
  { value: 'changed', label: 'Recently changed' },
  { value: 'shoot', label: 'Shoot date' },
  { value: 'address', label: 'Address A–Z' },
] as const satisfies readonly { value: ListingSort; label: string }[];

export type Filters = {
  q: string;
  studio: string | undefined;
  status: ListingStatus | undefined;
  agent: string | undefined;
  tag: string | undefined;
  /** Days of the shoot; see `shotDays`. */
  shot: string | undefined;
  sort: ListingSort;
  view: 'grid' | 'table';
};

/** What narrows the list: the others say how it looks. */
export const narrowing = ['q', 'studio', 'status', 'agent', 'tag', 'shot'] as const;
export type AddressName = (typeof narrowing)[number] | 'sort' | 'view';

export function readFilters(params: URLSearchParams): Filters {
  const [status, shot] = [params.get('status'), params.get('shot')];
  return {
    q: params.get('q') ?? '',
    studio: params.get('studio') || undefined,
    status: isListingStatus(status) ? status : undefined,
    agent: params.get('agent') || undefined,
    tag: params.get('tag') || undefined,
    shot: isShot(shot) ? shot : undefined,
    sort: sortChoices.find(({ value }) => value === params.get('sort'))?.value ?? 'created',
    view: params.get('view') === 'table' ? 'table' : 'grid',
  };
}

/** The same as the API takes it. What is typed with a `#` before it is a tag. */
function toListInput({ q, studio, status, agent, tag, shot, sort }: Filters) {
  const typed = q.startsWith('#') ? q.slice(1).trim().toLowerCase() : '';
  const wanted = typed || tag;
  return {
    sort,
    ...(q && !q.startsWith('#') && { q }),
    ...(studio && { organizationId: studio }),
    ...(status && { status }),
    ...(agent && { agentId: agent }),
    ...(wanted && { tag: wanted }),
    ...shotDays(shot, new Date()),
  };
}

/** What the list asks for at once. */
const PAGE_SIZE = 48;

export const toPageInput = (filters: Filters) => ({ ...toListInput(filters), limit: PAGE_SIZE });

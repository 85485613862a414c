import type { ListingStatus } from './trpc.ts';

export const listingStatuses = [
  { value: 'draft', label: 'Draft', tone: 'neutral' },
  { value: 'processing', label: 'Enhancing', tone: 'info' },
  { value: 'review', label: 'To review', tone: 'warning' },
  { value: 'delivered', label: 'Delivered', tone: 'success' },
] as const satisfies readonly { value: ListingStatus; label: string; tone: string }[];

export function isListingStatus(value: string | null): value is ListingStatus {
  return listingStatuses.some((status) => status.value === value);
}

/** What a person may choose; work that is under way sets `processing` by itself. */
type ChosenStatus = Exclude<ListingStatus, 'processing'>;

export function isChosenStatus(value: string): value is ChosenStatus {
  return isListingStatus(value) && value !== 'processing';
}

export function statusLook(status: ListingStatus) {
  return listingStatuses.find(({ value }) => value === status) ?? listingStatuses[0];
}

/** "1 scene", "12 scenes". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

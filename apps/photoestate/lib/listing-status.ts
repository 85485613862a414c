import type { ListingStatus } from './trpc.ts';

export const listingStatuses = [
  { value: 'draft', label: 'Draft', tone: 'neutral' },
  { value: 'uploading', label: 'Uploading', tone: 'info' },
  { value: 'processing', label: 'Enhancing', tone: 'info' },
  { value: 'review', label: 'To deliver', tone: 'warning' },
  { value: 'delivered', label: 'Delivered', tone: 'success' },
  { value: 'archived', label: 'Archived', tone: 'outline' },
] as const satisfies readonly { value: ListingStatus; label: string; tone: string }[];

export function isListingStatus(value: string | null): value is ListingStatus {
  return listingStatuses.some((status) => status.value === value);
}

/** Moves on by itself, so that looking again is worth it. */
export function isMoving(status: ListingStatus): boolean {
  return status === 'uploading' || status === 'processing';
}

export function statusLook(status: ListingStatus) {
  return listingStatuses.find(({ value }) => value === status) ?? listingStatuses[0];
}

/** "1 scene", "12 scenes". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

'use client';

import { type FileStatus, fileStatuses } from '@repo/ui/status-chip';
import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';

const types = ['image/*', 'video/*', 'audio/*', 'text/*', 'application/pdf'] as const;
export const typeChoices: readonly { value: (typeof types)[number]; label: string }[] = [
  { value: 'image/*', label: 'Images' },
  { value: 'video/*', label: 'Video' },
  { value: 'audio/*', label: 'Audio' },
  { value: 'text/*', label: 'Text' },
  { value: 'application/pdf', label: 'PDF' },
];

/** Filters of free text, as they are named in the address and in words. */
export const textFilters = {
  tag: 'Tag',
  folder: 'Folder',
  route: 'Route',
  uploader: 'Uploader',
} as const;
type TextFilter = keyof typeof textFilters;

export const testChoices = [
  { value: 'false', label: 'Live' },
  { value: 'true', label: 'Test' },
] as const;

/** All of the address that says which files are shown; `view` and `file` say how, and which is open. */
export const filterNames = [
  'q',
  'status',
  'type',
  'tag',
  'folder',
  'route',
  'uploader',
  'minSize',
  'maxSize',
  'from',
  'to',
  'trash',
  'test',
] as const;
export type FilterName = (typeof filterNames)[number];
export type AddressName = FilterName | 'sort' | 'view' | 'file';

/** The orders of the list, as the address has them: what is sorted by, and with `-` the other way round. */
export const sortChoices = [
  { value: '', label: 'Newest first', by: 'created', order: 'desc' },
  { value: 'created', label: 'Oldest first', by: 'created', order: 'asc' },
  { value: 'name', label: 'Name, A to Z', by: 'name', order: 'asc' },
  { value: '-name', label: 'Name, Z to A', by: 'name', order: 'desc' },
  { value: '-size', label: 'Largest first', by: 'size', order: 'desc' },
  { value: 'size', label: 'Smallest first', by: 'size', order: 'asc' },
] as const;
export type SortChoice = (typeof sortChoices)[number];

export type FileFilters = Partial<Record<TextFilter, string>> & {
  q: string;
  status: FileStatus | undefined;
  type: string | undefined;
  trash: boolean;
  /** Files of test keys alone, or none of them. */
  test: 'true' | 'false' | undefined;
  minSize: number | undefined;
  maxSize: number | undefined;
  /** Days, such as 2026-01-31. */
  from: string | undefined;
  to: string | undefined;
  sort: SortChoice;
  view: 'list' | 'grid';
  file: string | undefined;
};

const day = (text: string | null) =>
  text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
    ? text
    : undefined;

const bytes = (text: string | null) => (text && /^\d{1,15}$/.test(text) ? Number(text) : undefined);

/** What an address says; what it says wrongly counts as not said. */
export function readFilters(params: Pick<URLSearchParams, 'get'>): FileFilters {
  const texts = Object.keys(textFilters).flatMap((name) => {
    const value = params.get(name)?.trim();
    return value ? [[name, value]] : [];
  });
  return {
    ...Object.fromEntries(texts),
    q: params.get('q') ?? '',
    status: fileStatuses.find((status) => status === params.get('status')),
    type: params.get('type') || undefined,
    trash: params.get('trash') === 'true',
    test: testChoices.find(({ value }) => value === params.get('test'))?.value,
    minSize: bytes(params.get('minSize')),
    maxSize: bytes(params.get('maxSize')),
    from: day(params.get('from')),
    to: day(params.get('to')),
    sort: sortChoices.find(({ value }) => value === params.get('sort')) ?? sortChoices[0],
    view: params.get('view') === 'grid' ? 'grid' : 'list',
    file: params.get('file') || undefined,
  };
}

const DAY_MS = 86_400_000;
const dayBegins = (text: string) => new Date(`${text}T00:00:00`);

/** What is typed with a `#` before it is a tag. */
const tagOf = (q: string) => (q.startsWith('#') ? q.slice(1).trim() : '');

/** The same as the API takes it; days are those of the person’s own clock. */
export function toListInput(filters: FileFilters) {
  const { q, status, type, trash, minSize, maxSize, from, to, sort } = filters;
  const { folder, route, uploader, test } = filters;
  const tag = tagOf(q) || filters.tag;
  return {
    ...(sort.value !== '' && { sort: sort.by, order: sort.order }),
    ...(q && !q.startsWith('#') && { q }),
    ...(trash ? { trash: 'true' as const } : status && { status }),
    ...(type && { type }),
    ...(test && { test }),
    ...(tag && { tag }),
    ...(folder && { folder }),
    ...(route && { route }),
    ...(uploader && { uploader }),
    ...(minSize !== undefined && { minSize }),
    ...(maxSize !== undefined && { maxSize }),
    ...(from && { from: dayBegins(from).toISOString() }),
    ...(to && { to: new Date(dayBegins(to).getTime() + DAY_MS).toISOString() }),
  };
}

export type SetFilters = (change: Partial<Record<AddressName, string>>) => void;

/** Next follows the address bar; no request to the server is needed for it. */
const setInAddress: SetFilters = (change) => {
  const url = new URL(window.location.href);
  for (const [name, value] of Object.entries(change)) {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  if (url.href !== window.location.href) window.history.replaceState(null, '', url);
};

/** Opened on top of the list: going back closes it, and the list is as it was. */
export function openInAddress(fileId: string | undefined): void {
  const url = new URL(window.location.href);
  const isOpen = url.searchParams.has('file');
  const isOwn = isOpen && window.history.state?.[OPENED] === true;
  if (fileId === undefined) {
    if (isOwn) window.history.back();
    else setInAddress({ file: '' });
    return;
  }
  url.searchParams.set('file', fileId);
  if (isOpen) window.history.replaceState(isOwn ? { [OPENED]: true } : null, '', url);
  else window.history.pushState({ [OPENED]: true }, '', url);
}

/** Marks an entry of the history that was made by opening a file. */
const OPENED = 'slipwayOpened';

/** Search, filters and view live in the URL: a copied link shows the same files. */
export function useFileFilters() {
  const params = useSearchParams();
  return useMemo(() => {
    const active = filterNames.filter((name) => params.get(name));
    const clear = () => setInAddress(Object.fromEntries(filterNames.map((name) => [name, ''])));
    return { ...readFilters(params), active, set: setInAddress, clear };
  }, [params]);
}

/** The address of the same files as CSV: filters and order are those of the list. */
export function exportPath(projectId: string, filters: FileFilters): string {
  const { order, ...input } = { order: undefined, ...toListInput(filters) };
  const all = { ...input, ...(order && { direction: order }) };
  const query = new URLSearchParams(Object.entries(all).map(([k, v]) => [k, String(v)]));
  return `/api/download/projects/${encodeURIComponent(projectId)}/files.csv?${query}`;
}

'use client';

import { type FileStatus, fileStatuses } from '@repo/ui/status-chip';
import { useSearchParams } from 'next/navigation';

export type FileFilters = { q: string; status: FileStatus | undefined; type: string | undefined };

const types = ['image/*', 'video/*', 'audio/*', 'text/*', 'application/pdf'] as const;
export const typeChoices: readonly { value: (typeof types)[number]; label: string }[] = [
  { value: 'image/*', label: 'Images' },
  { value: 'video/*', label: 'Video' },
  { value: 'audio/*', label: 'Audio' },
  { value: 'text/*', label: 'Text' },
  { value: 'application/pdf', label: 'PDF' },
];

/** Search and filters live in the URL: a copied link shows the same files. */
export function useFileFilters(): FileFilters & {
  set: (change: Partial<Record<keyof FileFilters, string>>) => void;
} {
  const params = useSearchParams();
  return {
    q: params.get('q') ?? '',
    status: fileStatuses.find((status) => status === params.get('status')),
    type: types.find((type) => type === params.get('type')),
    set: (change) => {
      const url = new URL(window.location.href);
      for (const [name, value] of Object.entries(change)) {
        if (value) url.searchParams.set(name, value);
        else url.searchParams.delete(name);
      }
      // Next follows the address bar; no request to the server is needed for it.
      window.history.replaceState(null, '', url);
    },
  };
}

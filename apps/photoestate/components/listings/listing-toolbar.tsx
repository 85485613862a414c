'use client';

import { Input } from '@repo/ui/input';
import { Select } from '@repo/ui/select';
import { Search } from 'lucide-react';
import { type RefObject, useEffect, useState } from 'react';
import { isListingStatus, listingStatuses } from '../../lib/listing-status.ts';
import type { useListingFilters } from './use-listing-filters.ts';

type Props = {
  filters: ReturnType<typeof useListingFilters>;
  searchRef: RefObject<HTMLInputElement | null>;
};

const typingPause = 250;

export function ListingToolbar({ filters, searchRef }: Props) {
  return (
    <div className="mt-5 flex flex-col gap-2 sm:flex-row">
      <SearchField filters={filters} inputRef={searchRef} />
      <Select
        aria-label="Status"
        value={filters.status ?? ''}
        onChange={({ target }) =>
          filters.set({ status: isListingStatus(target.value) ? target.value : undefined })
        }
        className="sm:w-44"
      >
        <option value="">Every status</option>
        {listingStatuses.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Select>
    </div>
  );
}

function SearchField({
  filters,
  inputRef,
}: {
  filters: Props['filters'];
  inputRef: Props['searchRef'];
}) {
  const { q, set } = filters;
  const [text, setText] = useState(q);
  const [known, setKnown] = useState(q);
  // The URL changed by other means than this field: going back, or "Show all".
  if (known !== q) {
    setKnown(q);
    if (text.trim() !== q) setText(q);
  }
  useEffect(() => {
    if (text.trim() === q) return;
    const timer = setTimeout(() => set({ q: text.trim() }), typingPause);
    return () => clearTimeout(timer);
  });
  return (
    <div className="relative sm:w-80">
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted-foreground"
      />
      <Input
        ref={inputRef}
        type="search"
        aria-label="Search by address"
        placeholder="Search by address"
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="pl-8"
      />
    </div>
  );
}

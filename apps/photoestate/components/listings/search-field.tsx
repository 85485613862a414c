'use client';

import { Input } from '@repo/ui/input';
import { Kbd } from '@repo/ui/kbd';
import { Search } from 'lucide-react';
import { type RefObject, useEffect, useState } from 'react';
import type { ListingFilters } from './use-listing-filters.ts';

const typingPause = 250;

type Props = { filters: ListingFilters; inputRef: RefObject<HTMLInputElement | null> };

export function SearchField({ filters, inputRef }: Props) {
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
    <div className="relative min-w-0 flex-1 basis-64 sm:max-w-80">
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute start-2.5 top-1/2 size-4 -translate-y-1/2 text-muted-foreground"
      />
      <Input
        ref={inputRef}
        type="search"
        aria-label="Search by address, MLS id, tag or agent"
        placeholder="Address, MLS id, #tag, agent"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur();
        }}
        className="pe-9 ps-8"
      />
      {text === '' ? (
        <Kbd className="pointer-events-none absolute end-2 top-1/2 -translate-y-1/2 max-sm:hidden">
          /
        </Kbd>
      ) : null}
    </div>
  );
}

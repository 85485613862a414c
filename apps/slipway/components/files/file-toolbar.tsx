'use client';

import { Input } from '@repo/ui/input';
import { Select } from '@repo/ui/select';
import { fileStatuses } from '@repo/ui/status-chip';
import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { UploadButton } from './upload-button.tsx';
import { typeChoices, useFileFilters } from './use-file-filters.ts';

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

export function FileToolbar() {
  const { status, type, set } = useFileFilters();
  return (
    <div className="flex flex-wrap items-center gap-2">
      <FileSearch />
      <Select
        aria-label="Status"
        value={status ?? ''}
        onChange={(event) => set({ status: event.target.value })}
        className="w-auto flex-1 sm:flex-none"
      >
        <option value="">All but deleted</option>
        {fileStatuses.map((each) => (
          <option key={each} value={each}>
            {capital(each)}
          </option>
        ))}
      </Select>
      <Select
        aria-label="Type"
        value={type ?? ''}
        onChange={(event) => set({ type: event.target.value })}
        className="w-auto flex-1 sm:flex-none"
      >
        <option value="">All types</option>
        {typeChoices.map((each) => (
          <option key={each.value} value={each.value}>
            {each.label}
          </option>
        ))}
      </Select>
      <div className="ml-auto max-sm:w-full">
        <UploadButton className="max-sm:w-full" />
      </div>
    </div>
  );
}

function FileSearch() {
  const { q, set } = useFileFilters();
  const [text, setText] = useState(q);
  const [known, setKnown] = useState(q);
  // Back, forward and "clear" change the URL behind the field's back.
  if (known !== q) {
    setKnown(q);
    if (text.trim() !== q) setText(q);
  }
  useEffect(() => {
    if (text.trim() === q) return;
    const timer = setTimeout(() => set({ q: text.trim() }), 250);
    return () => clearTimeout(timer);
  }, [text, q, set]);
  return (
    <div className="relative w-full sm:w-72">
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted-foreground"
      />
      <Input
        type="search"
        aria-label="Search files by name or id"
        placeholder="Search by name or id"
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="pl-8"
      />
    </div>
  );
}

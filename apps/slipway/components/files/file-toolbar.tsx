'use client';

import { Input } from '@repo/ui/input';
import { Select } from '@repo/ui/select';
import { fileStatuses } from '@repo/ui/status-chip';
import { LayoutGrid, List, Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useMay } from '../project/use-permissions.ts';
import { MoreFilters } from './more-filters.tsx';
import { SavedViews } from './saved-views.tsx';
import { UploadButton } from './upload-button.tsx';
import { typeChoices, useFileFilters } from './use-file-filters.ts';

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** Trash is a status to whoever looks for a file, though the API has it beside them. */
const TRASH = 'trash';

export function FileToolbar({ projectId }: { projectId: string }) {
  const { status, type, trash, set } = useFileFilters();
  const mayUpload = useMay(projectId)('file.upload');
  const known = typeChoices.some((each) => each.value === type);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <FileSearch />
      <Select
        aria-label="Status"
        value={trash ? TRASH : (status ?? '')}
        onChange={({ target: { value } }) =>
          set(value === TRASH ? { trash: 'true', status: '' } : { trash: '', status: value })
        }
        className="w-auto min-w-2/5 flex-1 sm:min-w-0 sm:flex-none"
      >
        <option value="">All but deleted</option>
        {fileStatuses.map((each) => (
          <option key={each} value={each}>
            {capital(each)}
          </option>
        ))}
        <option value={TRASH}>In the trash</option>
      </Select>
      <Select
        aria-label="Type"
        value={type ?? ''}
        onChange={(event) => set({ type: event.target.value })}
        className="w-auto min-w-2/5 flex-1 sm:min-w-0 sm:flex-none"
      >
        <option value="">All types</option>
        {typeChoices.map((each) => (
          <option key={each.value} value={each.value}>
            {each.label}
          </option>
        ))}
        {type && !known ? <option value={type}>{type}</option> : null}
      </Select>
      <MoreFilters />
      <SavedViews projectId={projectId} />
      <ViewSwitch />
      {mayUpload ? (
        <div className="ml-auto max-sm:w-full">
          <UploadButton className="max-sm:w-full" />
        </div>
      ) : null}
    </div>
  );
}

const views = [
  { view: 'list', icon: List, label: 'List' },
  { view: 'grid', icon: LayoutGrid, label: 'Grid' },
] as const;

function ViewSwitch() {
  const filters = useFileFilters();
  return (
    <fieldset className="flex overflow-hidden rounded-md border border-border-strong bg-card">
      <legend className="sr-only">View</legend>
      {views.map(({ view, icon: Icon, label }) => (
        <button
          key={view}
          type="button"
          aria-label={label}
          title={label}
          aria-pressed={filters.view === view}
          onClick={() => filters.set({ view: view === 'list' ? '' : view })}
          className="flex h-[30px] w-8 items-center justify-center text-muted-foreground -outline-offset-2 hover:bg-muted aria-pressed:bg-hover aria-pressed:text-foreground"
        >
          <Icon aria-hidden="true" className="size-4" />
        </button>
      ))}
    </fieldset>
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
    <div className="relative w-full sm:w-56">
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted-foreground"
      />
      <Input
        type="search"
        data-file-search
        aria-label="Search files by name or id"
        placeholder="Search by name or id"
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="pl-8"
      />
    </div>
  );
}

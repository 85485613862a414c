'use client';

import { Button } from '@repo/ui/button';
import { Input } from '@repo/ui/input';
import { Select } from '@repo/ui/select';
import { Skeleton } from '@repo/ui/skeleton';
import { Download, LayoutGrid, List, Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { usePermissions } from '../project/use-permissions.ts';
import { ActiveFilters } from './active-filters.tsx';
import { ColumnMenu } from './column-menu.tsx';
import { StatusOptions, statusOf, statusValue, TypeOptions } from './file-choices.tsx';
import { MoreFilters } from './more-filters.tsx';
import { SavedViews } from './saved-views.tsx';
import { UploadButton } from './upload-button.tsx';
import { exportPath, sortChoices, useFileFilters } from './use-file-filters.ts';

/** What is shown, and how; the first line is for finding and adding. */
export function FileToolbar({ projectId }: { projectId: string }) {
  const filters = useFileFilters();
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center gap-2">
        <FileSearch />
        <Button asChild className="max-sm:w-8 max-sm:px-0">
          <a href={exportPath(projectId, filters)} download="files.csv" title="Export as CSV">
            <Download />
            <span className="max-sm:sr-only">Export</span>
          </a>
        </Button>
        <UploadPlace projectId={projectId} />
      </div>
      <div className="flex items-center gap-2 sm:flex-wrap">
        <StatusFilter />
        <TypeFilter />
        <MoreFilters />
        <SortOrder />
        <div className="flex items-center gap-2 sm:ml-auto">
          <SavedViews projectId={projectId} />
          <ColumnMenu />
          <ViewSwitch />
        </div>
      </div>
      <ActiveFilters />
    </div>
  );
}

/** Keeps its place while it is not known yet what this person may do. */
function UploadPlace({ projectId }: { projectId: string }) {
  const { may, isKnown } = usePermissions(projectId);
  if (!isKnown) return <Skeleton className="h-8 w-24 shrink-0 sm:w-33" />;
  return may('file.upload') ? <UploadButton isShort /> : null;
}

/** On a phone they are among the other filters. */
const onlyWide = 'w-auto max-sm:hidden';

function StatusFilter() {
  const filters = useFileFilters();
  return (
    <Select
      aria-label="Status"
      value={statusValue(filters)}
      onChange={({ target: { value } }) => filters.set(statusOf(value))}
      className={onlyWide}
    >
      <StatusOptions />
    </Select>
  );
}

function TypeFilter() {
  const { type, set } = useFileFilters();
  return (
    <Select
      aria-label="Type"
      value={type ?? ''}
      onChange={(event) => set({ type: event.target.value })}
      className={onlyWide}
    >
      <TypeOptions type={type} />
    </Select>
  );
}

function SortOrder() {
  const { sort, set } = useFileFilters();
  return (
    <Select
      aria-label="Sort"
      value={sort.value}
      onChange={(event) => set({ sort: event.target.value })}
      className="w-auto min-w-0 max-sm:flex-1"
    >
      {sortChoices.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </Select>
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
    <div className="relative min-w-0 flex-1">
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted-foreground"
      />
      <Input
        type="search"
        data-file-search
        aria-label="Search files by name, metadata or id, or #tag"
        placeholder="Search names, metadata, ids, or #tag"
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="pl-8"
      />
    </div>
  );
}

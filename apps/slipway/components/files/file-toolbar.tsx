'use client';

import { Button } from '@repo/ui/button';
import { Input } from '@repo/ui/input';
import { Select } from '@repo/ui/select';
import { Skeleton } from '@repo/ui/skeleton';
import { fileStatuses } from '@repo/ui/status-chip';
import { Download, LayoutGrid, List, Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { usePermissions } from '../project/use-permissions.ts';
import { ActiveFilters } from './active-filters.tsx';
import { ColumnMenu } from './column-menu.tsx';
import { MoreFilters } from './more-filters.tsx';
import { SavedViews } from './saved-views.tsx';
import { UploadButton } from './upload-button.tsx';
import { exportPath, sortChoices, typeChoices, useFileFilters } from './use-file-filters.ts';

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** Trash is a status to whoever looks for a file, though the API has it beside them. */
const TRASH = 'trash';

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
      <div className="flex flex-wrap items-center gap-2">
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

const selectClasses = 'w-auto min-w-2/5 flex-1 sm:min-w-0 sm:flex-none';

function StatusFilter() {
  const { status, trash, set } = useFileFilters();
  return (
    <Select
      aria-label="Status"
      value={trash ? TRASH : (status ?? '')}
      onChange={({ target: { value } }) =>
        set(value === TRASH ? { trash: 'true', status: '' } : { trash: '', status: value })
      }
      className={selectClasses}
    >
      <option value="">Not deleted</option>
      {fileStatuses.map((each) => (
        <option key={each} value={each}>
          {capital(each)}
        </option>
      ))}
      <option value={TRASH}>In the trash</option>
    </Select>
  );
}

function TypeFilter() {
  const { type, set } = useFileFilters();
  const known = typeChoices.some((each) => each.value === type);
  return (
    <Select
      aria-label="Type"
      value={type ?? ''}
      onChange={(event) => set({ type: event.target.value })}
      className={selectClasses}
    >
      <option value="">All types</option>
      {typeChoices.map((each) => (
        <option key={each.value} value={each.value}>
          {each.label}
        </option>
      ))}
      {type && !known ? <option value={type}>{type}</option> : null}
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
      className={selectClasses}
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

'use client';

import { Button } from '@repo/ui/button';
import { cn } from '@repo/ui/cn';
import { Input } from '@repo/ui/input';
import { Select } from '@repo/ui/select';
import { LayoutGrid, ListFilter, Rows3, X } from 'lucide-react';
import { type RefObject, useState } from 'react';
import { sortChoices } from '../../lib/listing-filters.ts';
import { listingStatuses } from '../../lib/listing-status.ts';
import { ownDays, shotChoices } from '../../lib/shot-days.ts';
import { SavedViews } from './saved-views.tsx';
import { SearchField } from './search-field.tsx';
import { useChoices } from './use-choices.ts';
import type { ListingFilters } from './use-listing-filters.ts';
import { useStudios } from './use-studios.ts';

type Props = { filters: ListingFilters; searchRef: RefObject<HTMLInputElement | null> };

export function ListingToolbar({ filters, searchRef }: Props) {
  const { studios } = useStudios();
  const studio = filters.studio ?? studios[0]?.id;
  const [open, setOpen] = useState(false);
  const narrowed = filters.active.filter((name) => name !== 'q').length;
  return (
    <div className="mt-5 flex flex-wrap gap-2">
      <SearchField filters={filters} inputRef={searchRef} />
      <Button
        className="sm:hidden"
        aria-expanded={open}
        aria-controls="listing-filters"
        onClick={() => setOpen(!open)}
      >
        <ListFilter />
        Filters{narrowed > 0 ? ` · ${narrowed}` : ''}
      </Button>
      <div
        id="listing-filters"
        className={cn('w-full grid-cols-2 gap-2 sm:contents', open ? 'grid' : 'hidden')}
      >
        <Narrowing filters={filters} studio={studio} />
        {filters.active.length > 0 ? (
          <Button variant="ghost" onClick={filters.clear}>
            <X />
            Clear
          </Button>
        ) : null}
      </div>
      <div className="flex gap-2 max-sm:w-full sm:ms-auto">
        {studio ? <SavedViews organizationId={studio} query={filters.query} /> : null}
        <Select
          aria-label="Order"
          value={filters.sort}
          onChange={({ target }) =>
            filters.set({ sort: target.value === 'created' ? undefined : target.value })
          }
          className="min-w-0 flex-1 sm:w-44 sm:flex-none"
        >
          {sortChoices.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
        <ViewButton filters={filters} />
      </div>
    </div>
  );
}

function ViewButton({ filters }: { filters: ListingFilters }) {
  const table = filters.view === 'table';
  const label = table ? 'Show as cards' : 'Show as rows';
  return (
    <Button
      size="icon"
      aria-label={label}
      title={`${label} (V)`}
      onClick={() => filters.set({ view: table ? undefined : 'table' })}
    >
      {table ? <LayoutGrid /> : <Rows3 />}
    </Button>
  );
}

function Narrowing({ filters, studio }: { filters: ListingFilters; studio: string | undefined }) {
  const { studios } = useStudios();
  const { agents, tags } = useChoices(studio);
  return (
    <>
      {studios.length > 1 ? (
        <Choice
          label="Studio"
          every="Every studio"
          value={filters.studio}
          choices={studios.map(({ id, name }) => ({ value: id, label: name }))}
          // Agents and tags are those of a studio.
          onChoose={(value) => filters.set({ studio: value, agent: undefined, tag: undefined })}
        />
      ) : null}
      <Choice
        label="Status"
        every="Every status"
        value={filters.status}
        choices={listingStatuses}
        onChoose={(status) => filters.set({ status })}
      />
      <Choice
        label="Agent"
        every="Every agent"
        value={filters.agent}
        choices={agents.map(({ id, name }) => ({ value: id, label: name }))}
        onChoose={(agent) => filters.set({ agent })}
      />
      {tags.length > 0 || filters.tag ? (
        <Choice
          label="Tag"
          every="Every tag"
          value={filters.tag}
          choices={tags.map((tag) => ({ value: tag, label: tag }))}
          onChoose={(tag) => filters.set({ tag })}
        />
      ) : null}
      <ShootDays filters={filters} />
    </>
  );
}

type ChoiceProps = {
  label: string;
  every: string;
  value: string | undefined;
  choices: readonly { value: string; label: string }[];
  onChoose: (value: string | undefined) => void;
};

function Choice({ label, every, value, choices, onChoose }: ChoiceProps) {
  const known = value === undefined || choices.some((choice) => choice.value === value);
  return (
    <Select
      aria-label={label}
      value={value ?? ''}
      onChange={({ target }) => onChoose(target.value || undefined)}
      className="sm:w-36"
    >
      <option value="">{every}</option>
      {/* Of a link from somebody else, or before the choices are there. */}
      {known ? null : <option value={value}>{label === 'Tag' ? value : '…'}</option>}
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </Select>
  );
}

const OWN = '..';

function ShootDays({ filters: { shot, set } }: { filters: ListingFilters }) {
  const own = ownDays(shot);
  return (
    <>
      <Select
        aria-label="Shoot date"
        value={own ? OWN : (shot ?? '')}
        onChange={({ target }) => set({ shot: target.value || undefined })}
        className="sm:w-40"
      >
        <option value="">Any shoot date</option>
        {shotChoices.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
        <option value={OWN}>From … to …</option>
      </Select>
      {own ? (
        <>
          <Input
            type="date"
            aria-label="Shot from"
            value={own.from}
            max={own.to || undefined}
            onChange={({ target }) => set({ shot: `${target.value}..${own.to}` })}
            className="sm:w-36"
          />
          <Input
            type="date"
            aria-label="Shot until"
            value={own.to}
            min={own.from || undefined}
            onChange={({ target }) => set({ shot: `${own.from}..${target.value}` })}
            className="sm:w-36"
          />
        </>
      ) : null}
    </>
  );
}

'use client';

import { Button } from '@repo/ui/button';
import { formatBytes } from '@repo/ui/format';
import { X } from 'lucide-react';
import { type FilterName, testChoices, textFilters, useFileFilters } from './use-file-filters.ts';

/** Those that no field of the toolbar shows. */
const labels: Partial<Record<FilterName, string>> = {
  ...textFilters,
  minSize: 'At least',
  maxSize: 'At most',
  from: 'From',
  to: 'Until',
  test: 'Keys',
};

/** Filters of the dialog, in sight as long as they narrow the list; each is taken away by a press. */
export function ActiveFilters() {
  const filters = useFileFilters();
  const shown = filters.active.filter((name) => labels[name] !== undefined);
  if (shown.length === 0) return null;
  const textOf = (name: FilterName) => {
    if (name === 'minSize' || name === 'maxSize') return formatBytes(filters[name] ?? 0);
    if (name === 'test') return testChoices.find(({ value }) => value === filters.test)?.label;
    return filters[name];
  };
  return (
    <ul aria-label="Active filters" className="flex flex-wrap items-center gap-2">
      {shown.map((name) => (
        <li key={name} className="max-w-full">
          <button
            type="button"
            aria-label={`Remove the filter ${labels[name]}: ${textOf(name)}`}
            onClick={() => filters.set({ [name]: '' })}
            className="flex h-7 max-w-full items-center gap-1.5 rounded-full border border-border-strong bg-card pr-2 pl-3 text-xs hover:bg-muted"
          >
            <span className="text-muted-foreground">{labels[name]}</span>
            <span className="max-w-48 truncate font-medium">{textOf(name)}</span>
            <X aria-hidden="true" className="size-3 text-muted-foreground" />
          </button>
        </li>
      ))}
      <li>
        <Button
          size="sm"
          variant="ghost"
          onClick={() => filters.set(Object.fromEntries(shown.map((name) => [name, ''])))}
        >
          Clear
        </Button>
      </li>
    </ul>
  );
}

'use client';

import { Button } from '@repo/ui/button';
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@repo/ui/dropdown-menu';
import { Columns3 } from 'lucide-react';
import { fileColumns, useFileColumns } from './file-columns.ts';
import { useFileFilters } from './use-file-filters.ts';

/** Which columns the list has; the grid has none. */
export function ColumnMenu() {
  const { view } = useFileFilters();
  const { isShown, toggle, reset } = useFileColumns();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button
          size="icon"
          aria-label="Columns"
          title="Columns"
          disabled={view === 'grid'}
          className="max-md:hidden"
        >
          <Columns3 />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuLabel>Columns</DropdownMenuLabel>
        {fileColumns.map(({ name, label }) => (
          <DropdownMenuCheckboxItem
            key={name}
            checked={isShown(name)}
            onCheckedChange={() => toggle(name)}
            // Several are chosen at once: the menu stays.
            onSelect={(event) => event.preventDefault()}
          >
            {label}
          </DropdownMenuCheckboxItem>
        ))}
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={reset}>As they were at first</DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

'use client';

import { Button } from '@repo/ui/button';
import { CommandPalette, type PaletteEntry } from '@repo/ui/command-palette';
import { Kbd } from '@repo/ui/kbd';
import { Search } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { SCOPES } from '../../lib/rank.ts';
import type { Shortcut } from '../../lib/shortcuts/shortcut.ts';
import { Keys } from '../shortcuts/shortcut-sheet.tsx';
import { useRegistry, useShortcuts } from '../shortcuts/use-shortcuts.ts';
import { usePaletteGroups } from './use-palette-groups.tsx';

/** Its button in the top bar, and the palette itself: ⌘K or Ctrl K from everywhere. */
export function Palette() {
  const [open, setOpen] = useState(false);
  useShortcuts([
    {
      id: 'palette',
      keys: ['mod+k'],
      label: 'Search and commands',
      group: 'Everywhere',
      run: () => setOpen(true),
      inPalette: false,
    },
  ]);
  return (
    <>
      <Button
        onClick={() => setOpen(true)}
        aria-keyshortcuts="Meta+K Control+K"
        className="gap-2 font-normal text-muted-foreground max-lg:w-8 max-lg:px-0 lg:w-44 lg:justify-start"
      >
        <Search />
        <span className="max-lg:sr-only">Search</span>
        <span aria-hidden="true" className="ml-auto max-lg:hidden">
          <Kbd>Ctrl K</Kbd>
        </span>
      </Button>
      {open ? <OpenPalette onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function OpenPalette({ onClose }: { onClose: () => void }) {
  // What could be done when it was opened: the page behind it does not change meanwhile.
  const registry = useRegistry();
  const [commands] = useState(() => offered(registry.all()).map(toCommand));
  const [query, setQuery] = useState('');
  const { groups, isLoading } = usePaletteGroups(useDeferredValue(query), commands);
  return (
    <CommandPalette
      open
      onOpenChange={(open) => !open && onClose()}
      groups={groups}
      query={query}
      onQuery={setQuery}
      placeholder="A project, a file, a page, an action"
      empty={isLoading ? 'Looking…' : 'Nothing found. Try other words, or fewer.'}
      footer={<Scopes />}
    />
  );
}

/** What was bound last is nearest to the person; each kind keeps its own order. */
const offered = (all: readonly Shortcut[]) =>
  [...Map.groupBy(all.filter(isOffered), ({ group }) => group).values()].reverse().flat();

const isOffered = ({ inPalette = true, when }: Shortcut) => inPalette && (when?.() ?? true);

function toCommand({ id, keys: [keys], label, group, run }: Shortcut): PaletteEntry {
  return {
    id: `command ${id}`,
    label,
    note: group,
    keys: keys ? <Keys keys={keys} /> : undefined,
    run: () => run(),
  };
}

function Scopes() {
  return Object.entries(SCOPES).map(([key, label]) => (
    <span key={key} className="inline-flex items-center gap-1.5">
      <Kbd>{key}</Kbd>
      {label}
    </span>
  ));
}

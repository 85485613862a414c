'use client';

import type { FileRow } from '../../lib/trpc.ts';
import { useShortcuts } from '../shortcuts/use-shortcuts.ts';
import { undoLatest } from './undo.ts';
import type { FileDeeds } from './use-file-deeds.ts';
import type { FileFilters, SetFilters } from './use-file-filters.ts';
import type { Selection } from './use-selection.ts';

type Keys = {
  selection: Selection;
  deeds: FileDeeds;
  filters: FileFilters & { set: SetFilters };
  /** Files beside each other. */
  columns: number;
};

const MOVING = 'Moving and choosing';
const FILES = 'Files';

/** What is meant: all that is chosen, or else where the keyboard is. */
const meantBy = ({ chosen, active }: Selection): readonly FileRow[] =>
  chosen.length > 0 ? chosen : active ? [active] : [];

/** The same keys in the list and among the cards. */
export function useFileKeys({ selection, deeds, filters, columns }: Keys): void {
  const step = (by: number) => (event: KeyboardEvent) => selection.move(by, event.shiftKey);
  const grid = filters.view === 'grid';
  const { active } = selection;
  useShortcuts([
    {
      id: 'down',
      keys: ['j', 'ArrowDown', 'shift+ArrowDown'],
      label: 'Down',
      group: MOVING,
      run: step(columns),
    },
    {
      id: 'up',
      keys: ['k', 'ArrowUp', 'shift+ArrowUp'],
      label: 'Up',
      group: MOVING,
      run: step(-columns),
    },
    ...(grid
      ? [
          { id: 'right', keys: ['ArrowRight'], label: 'Right', group: MOVING, run: step(1) },
          { id: 'left', keys: ['ArrowLeft'], label: 'Left', group: MOVING, run: step(-1) },
        ]
      : []),
    {
      id: 'choose',
      keys: ['x'],
      label: 'Choose',
      group: MOVING,
      run: () => active && selection.hit(active.id, 'toggle'),
    },
    {
      id: 'all',
      keys: ['mod+a'],
      label: 'Choose all that is loaded',
      group: MOVING,
      run: selection.all,
    },
    { id: 'clear', keys: ['Escape'], label: 'Choose none', group: MOVING, run: selection.clear },
    {
      id: 'peek',
      keys: ['Space'],
      label: 'Peek',
      group: FILES,
      run: () => active && deeds.peek(active),
    },
    {
      id: 'open',
      keys: ['Enter'],
      label: 'Open',
      group: FILES,
      run: () => active && deeds.open(active),
    },
    {
      id: 'view',
      keys: ['v'],
      label: 'List or grid',
      group: FILES,
      run: () => filters.set({ view: grid ? '' : 'grid' }),
    },
    {
      id: 'search',
      keys: ['/'],
      label: 'Search',
      group: FILES,
      run: () => document.querySelector<HTMLInputElement>('[data-file-search]')?.focus(),
    },
    ...changing({ selection, deeds, filters, columns }),
  ]);
}

function changing({ selection, deeds, filters }: Keys) {
  const meant = () => meantBy(selection);
  const change = (id: string, keys: string[], [label, run]: [string, () => void]) => ({
    id,
    keys,
    label,
    group: FILES,
    run,
  });
  const one = () => (selection.active ? [selection.active] : []);
  const update = [
    change('rename', ['r', 'F2'], ['Rename', () => deeds.ask('rename', one())]),
    change('tag', ['t'], ['Tags', () => deeds.ask('tag', meant())]),
    change('move', ['m'], ['Move to folder', () => deeds.ask('move', meant())]),
  ];
  const restore = change('restore', ['e'], ['Restore', () => deeds.restore(meant())]);
  const remove = change(
    'delete',
    ['Delete', 'Backspace', '#'],
    ['Delete', () => deeds.remove(meant())],
  );
  return [
    ...(deeds.mayUpdate && !filters.trash ? update : []),
    ...(deeds.mayDelete ? [filters.trash ? restore : remove] : []),
    ...(deeds.mayDelete || deeds.mayUpdate
      ? [change('undo', ['mod+z'], ['Undo', undoLatest])]
      : []),
  ];
}

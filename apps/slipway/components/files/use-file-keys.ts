'use client';

import { undoLatest } from '@repo/ui/undo';
import type { Selection } from '@repo/ui/use-selection';
import type { Shortcut } from '../../lib/shortcuts/shortcut.ts';
import type { FileRow } from '../../lib/trpc.ts';
import { useShortcuts } from '../shortcuts/use-shortcuts.ts';
import type { FileDeeds } from './use-file-deeds.ts';
import { exportPath, type FileFilters, type SetFilters, sortChoices } from './use-file-filters.ts';

type Keys = {
  projectId: string;
  selection: Selection<FileRow>;
  deeds: FileDeeds;
  filters: FileFilters & { set: SetFilters };
  /** Files beside each other. */
  columns: number;
};

const MOVING = 'Moving and choosing';
const FILES = 'Files';

/** What is meant: all that is chosen, or else where the keyboard is. */
const meantBy = ({ chosen, active }: Selection<FileRow>): readonly FileRow[] =>
  chosen.length > 0 ? chosen : active ? [active] : [];

/** The same keys in the list and among the cards. */
export function useFileKeys(keys: Keys): void {
  useShortcuts([...moving(keys), ...looking(keys), ...showing(keys), ...changing(keys)]);
}

function moving({ selection, filters, columns }: Keys): Shortcut[] {
  const step = (by: number) => (event?: KeyboardEvent) => selection.move(by, event?.shiftKey);
  const { active } = selection;
  return [
    {
      id: 'down',
      keys: ['j', 'ArrowDown', 'shift+ArrowDown'],
      label: 'Down',
      group: MOVING,
      run: step(columns),
      inPalette: false,
    },
    {
      id: 'up',
      keys: ['k', 'ArrowUp', 'shift+ArrowUp'],
      label: 'Up',
      group: MOVING,
      run: step(-columns),
      inPalette: false,
    },
    ...(filters.view === 'grid'
      ? [
          {
            id: 'right',
            keys: ['ArrowRight'],
            label: 'Right',
            group: MOVING,
            run: step(1),
            inPalette: false,
          },
          {
            id: 'left',
            keys: ['ArrowLeft'],
            label: 'Left',
            group: MOVING,
            run: step(-1),
            inPalette: false,
          },
        ]
      : []),
    {
      id: 'choose',
      keys: ['x'],
      label: 'Choose',
      group: MOVING,
      run: () => active && selection.hit(active.id, 'toggle'),
      inPalette: false,
    },
    {
      id: 'all',
      keys: ['mod+a'],
      label: 'Choose all that is loaded',
      group: MOVING,
      run: selection.all,
    },
    {
      id: 'clear',
      keys: ['Escape'],
      label: 'Choose none',
      group: MOVING,
      run: selection.clear,
      when: () => selection.chosen.length > 0,
    },
  ];
}

function looking({ selection: { active }, deeds }: Keys): Shortcut[] {
  return [
    {
      id: 'peek',
      keys: ['Space'],
      label: 'Peek',
      group: FILES,
      run: () => active && deeds.peek(active),
      when: () => active !== undefined,
    },
    {
      id: 'open',
      keys: ['Enter'],
      label: 'Open',
      group: FILES,
      run: () => active && deeds.open(active),
      when: () => active !== undefined,
    },
  ];
}

function showing({ projectId, filters }: Keys): Shortcut[] {
  const grid = filters.view === 'grid';
  return [
    {
      id: 'view',
      keys: ['v'],
      label: grid ? 'Show as a list' : 'Show as a grid',
      group: FILES,
      run: () => filters.set({ view: grid ? '' : 'grid' }),
    },
    {
      id: 'search',
      keys: ['/'],
      label: 'Search the files',
      group: FILES,
      run: () => document.querySelector<HTMLInputElement>('[data-file-search]')?.focus(),
    },
    ...sortChoices.map(({ value, label }) => ({
      id: `sort ${value}`,
      keys: [],
      label: `Sort: ${label}`,
      group: FILES,
      run: () => filters.set({ sort: value }),
      when: () => filters.sort.value !== value,
    })),
    {
      id: 'export',
      keys: [],
      label: 'Export as CSV',
      group: FILES,
      run: () => window.location.assign(exportPath(projectId, filters)),
    },
  ];
}

function changing({ selection, deeds, filters }: Keys): Shortcut[] {
  const meant = () => meantBy(selection);
  const change = (id: string, keys: string[], [label, run]: [string, () => void]) => ({
    id,
    keys,
    label,
    group: FILES,
    run,
    when: () => id === 'undo' || meant().length > 0,
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

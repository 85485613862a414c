'use client';

import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { overlayClasses } from './dialog.tsx';

export type PaletteEntry = {
  /** One of its kind in the palette. */
  id: string;
  label: string;
  /** Where it is, or what it is. */
  note?: string | undefined;
  icon?: ReactNode;
  /** How it is reached without the palette. */
  keys?: ReactNode;
  run: () => void;
};

export type PaletteGroup = { title: string; entries: readonly PaletteEntry[] };

export type CommandPaletteProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** What was found for the query, the best first. */
  groups: readonly PaletteGroup[];
  query: string;
  onQuery: (query: string) => void;
  placeholder: string;
  /** Shown when nothing was found. */
  empty: ReactNode;
  footer?: ReactNode;
};

const isToggle = (event: KeyboardEvent) =>
  event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey);

const MOVES = new Set(['ArrowUp', 'ArrowDown', 'Home', 'End']);
/** As cmdk has them, with Control. */
const MOVES_WITH_CONTROL = new Set(['n', 'p', 'j', 'k']);

const isMove = ({ key, ctrlKey }: KeyboardEvent) =>
  MOVES.has(key) || (ctrlKey && MOVES_WITH_CONTROL.has(key));

/**
 * Which entry Enter takes: the first, also of what was found a moment later, until somebody moves to another one.
 * Without this the entry that was first at the time stays chosen while better ones come in above it.
 */
function useChosen(groups: readonly PaletteGroup[]) {
  const [chosen, setChosen] = useState<string>();
  const byHand = useRef(false);
  const ids = groups.flatMap(({ entries }) => entries.map(({ id }) => id));
  return {
    forget: () => {
      byHand.current = false;
      setChosen(undefined);
    },
    props: {
      value: chosen !== undefined && ids.includes(chosen) ? chosen : (ids[0] ?? ''),
      onValueChange: (id: string) => byHand.current && setChosen(id),
      onPointerMove: () => {
        byHand.current = true;
      },
      onKeyDown: (event: KeyboardEvent) => {
        if (isMove(event)) byHand.current = true;
      },
    },
  };
}

/** Everything that can be done or gone to, by a few letters. What is chosen runs after the focus is back. */
export function CommandPalette(props: CommandPaletteProps) {
  const { open, onOpenChange, groups, query, onQuery, placeholder, empty, footer } = props;
  const chosen = useRef<() => void>(undefined);
  const { forget, props: choice } = useChosen(groups);
  const number = groups.reduce((sum, { entries }) => sum + entries.length, 0);
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className={overlayClasses} />
        <Primitive.Content
          aria-describedby={undefined}
          onKeyDown={(event) => {
            if (!isToggle(event)) return;
            event.preventDefault();
            onOpenChange(false);
          }}
          onCloseAutoFocus={() => {
            // After the focus went back to where it was: what runs may move it on.
            const run = chosen.current;
            chosen.current = undefined;
            if (run) setTimeout(run);
            forget();
          }}
          className="fixed top-[12dvh] left-1/2 z-50 w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 animate-fade-in overflow-hidden rounded-xl border bg-popover text-foreground shadow-dialog focus-visible:outline-none"
        >
          <Primitive.Title className="sr-only">Command palette</Primitive.Title>
          <Command shouldFilter={false} loop label="Command palette" {...choice}>
            <div className="flex items-center gap-3 border-b px-4">
              <Search aria-hidden="true" className="size-4 shrink-0 text-muted-foreground" />
              <Command.Input
                value={query}
                onValueChange={(text) => {
                  forget();
                  onQuery(text);
                }}
                placeholder={placeholder}
                className="h-12 w-full min-w-0 bg-transparent text-base focus-visible:outline-none sm:text-sm"
              />
            </div>
            <p aria-live="polite" className="sr-only">
              {query === '' ? '' : `${number} ${number === 1 ? 'result' : 'results'}`}
            </p>
            <Command.List
              label="Results"
              className="max-h-[min(26rem,60dvh)] scroll-py-2 overflow-y-auto overscroll-contain p-2"
            >
              {number === 0 ? (
                <div className="px-3 py-8 text-center text-muted-foreground text-sm">{empty}</div>
              ) : null}
              {groups.map(({ title, entries }) => (
                <Command.Group
                  key={title}
                  heading={title}
                  className="not-first:mt-2 [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-muted-foreground [&_[cmdk-group-heading]]:text-xs"
                >
                  {entries.map((entry) => (
                    <Item
                      key={entry.id}
                      entry={entry}
                      onChoose={() => {
                        chosen.current = entry.run;
                        onOpenChange(false);
                      }}
                    />
                  ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
          {footer ? (
            <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t bg-muted/50 px-4 py-2 text-muted-foreground text-xs">
              {footer}
            </div>
          ) : null}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

function Item({ entry, onChoose }: { entry: PaletteEntry; onChoose: () => void }) {
  const { id, label, note, icon, keys } = entry;
  return (
    <Command.Item
      value={id}
      onSelect={onChoose}
      className="flex min-h-9 cursor-default select-none items-center gap-3 rounded-md px-2 py-1 text-sm data-[selected=true]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted-foreground"
    >
      {icon}
      <span className="min-w-0 flex-1 truncate">
        {label}
        {note ? <span className="ms-2 text-muted-foreground">{note}</span> : null}
      </span>
      {keys ? <span className="flex shrink-0 gap-1 max-sm:hidden">{keys}</span> : null}
    </Command.Item>
  );
}

/** How well a text answers to what was typed: letters in their order are enough; 0 is not at all. */
export { defaultFilter as scoreText } from 'cmdk';

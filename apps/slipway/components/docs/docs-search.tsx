'use client';

import { buttonVariants } from '@repo/ui/button';
import { cn } from '@repo/ui/cn';
import { Dialog, DialogContent } from '@repo/ui/dialog';
import { Kbd } from '@repo/ui/kbd';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { type SearchEntry, search } from '../../lib/docs/search.ts';
import { SearchResults } from './search-results.tsx';

/** Looks through the documentation, in the browser; opened by ⌘K, Ctrl K or /. */
export function DocsSearch() {
  const [open, setOpen] = useState(false);
  useSearchKeys(setOpen);
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        aria-keyshortcuts="Meta+K Control+K /"
        className={buttonVariants({ className: 'gap-2 text-muted-foreground max-sm:px-2 sm:w-48' })}
      >
        <Search aria-hidden="true" className="size-4" />
        <span className="max-sm:sr-only">Search</span>
        <span aria-hidden="true" className="ml-auto max-sm:hidden">
          <Kbd>Ctrl K</Kbd>
        </span>
      </button>
      <Dialog open={open} onOpenChange={setOpen}>
        <DialogContent
          title="Search the docs"
          className="top-[12dvh] max-w-xl translate-y-0 overflow-hidden"
        >
          <SearchPanel close={() => setOpen(false)} />
        </DialogContent>
      </Dialog>
    </>
  );
}

function useSearchKeys(setOpen: (open: boolean) => void) {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const isCommand = event.key.toLowerCase() === 'k' && (event.metaKey || event.ctrlKey);
      const inField =
        event.target instanceof HTMLElement &&
        event.target.closest('input,textarea,select') !== null;
      if (!(isCommand || (event.key === '/' && !inField))) return;
      event.preventDefault();
      setOpen(true);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [setOpen]);
}

type Index = { state: 'loading' | 'failed' } | { state: 'there'; entries: readonly SearchEntry[] };

/** Fetched when somebody searches for the first time; the browser's cache keeps it. */
function useIndex(): Index {
  const [index, setIndex] = useState<Index>({ state: 'loading' });
  useEffect(() => {
    const leaving = new AbortController();
    fetch('/docs/search.json', { signal: leaving.signal })
      .then(async (response) => {
        if (!response.ok) throw new Error(`the index answered ${response.status}`);
        setIndex({ state: 'there', entries: await response.json() });
      })
      .catch(() => {
        if (!leaving.signal.aborted) setIndex({ state: 'failed' });
      });
    return () => leaving.abort();
  }, []);
  return index;
}

function SearchPanel({ close }: { close: () => void }) {
  const index = useIndex();
  const [query, setQuery] = useState('');
  const [selected, setSelected] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const asked = useDeferredValue(query);
  const hits = useMemo(
    () => (index.state === 'there' ? search(index.entries, asked) : []),
    [index, asked],
  );
  const at = Math.min(selected, hits.length - 1);

  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && hits.length > 0) {
      event.preventDefault();
      const next = (at + step + hits.length) % hits.length;
      setSelected(next);
      list.current?.querySelector(`#hit-${next}`)?.scrollIntoView({ block: 'nearest' });
    }
    if (event.key === 'Enter') list.current?.querySelector<HTMLElement>(`#hit-${at}`)?.click();
  }

  return (
    <div className="flex min-h-0 flex-col">
      <div className="px-5 pt-3 pb-3">
        <input
          // biome-ignore lint/a11y/noAutofocus: the dialog was opened to type here
          autoFocus
          type="text"
          role="combobox"
          aria-label="Search the docs"
          aria-expanded={hits.length > 0}
          aria-controls="search-results"
          aria-activedescendant={hits.length > 0 ? `hit-${at}` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder="An error code, a call, a word"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setSelected(0);
          }}
          onKeyDown={onKeyDown}
          className="h-9 w-full rounded-md border border-input bg-card px-2.5 text-base focus-visible:border-ring sm:text-sm"
        />
      </div>
      <div ref={list} className={cn('max-h-[60dvh] overflow-y-auto border-t', !query && 'hidden')}>
        {index.state === 'failed' ? (
          <p className="px-5 py-6 text-muted-foreground">
            The index could not be loaded. Try again later.
          </p>
        ) : (
          <SearchResults
            hits={hits}
            selected={at}
            query={asked}
            close={close}
            isLoading={index.state === 'loading'}
          />
        )}
      </div>
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t px-5 py-2.5 text-muted-foreground text-xs">
        <span>
          <Kbd>↑</Kbd> <Kbd>↓</Kbd> choose
        </span>
        <span>
          <Kbd>Enter</Kbd> open
        </span>
        <span>
          <Kbd>Esc</Kbd> close
        </span>
      </p>
    </div>
  );
}

'use client';

import { useSelection } from '@repo/ui/use-selection';
import { type ReactNode, useCallback, useState } from 'react';
import { BulkBar } from './bulk-bar.tsx';
import { ChangeDialog } from './change-dialogs.tsx';
import { FileCards } from './file-cards.tsx';
import { FileList } from './file-list.tsx';
import { FilePanel, FilePeek } from './file-panel.tsx';
import { useFileDeeds } from './use-file-deeds.ts';
import { useFileFilters } from './use-file-filters.ts';
import { useFileKeys } from './use-file-keys.ts';
import type { useFileList } from './use-file-list.ts';

type BrowserProps = ReturnType<typeof useFileList> & {
  projectId: string;
  /** Shown when there are no files. */
  children: ReactNode;
};

/** The files as list or grid, what is chosen of them, and what is open. */
export function FileBrowser({ projectId, files, rows, children }: BrowserProps) {
  const filters = useFileFilters();
  const selection = useSelection(rows);
  const [wide, setWide] = useState(4);
  const columns = filters.view === 'grid' ? wide : 1;
  const all = useFileDeeds(projectId);
  const { deeds } = all;
  useFileKeys({ projectId, selection, deeds, filters, columns });
  const { fetchNextPage, isFetchingNextPage, hasNextPage } = files;
  const onMore = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const shared = {
    rows,
    selection,
    deeds,
    dimmed: files.isPlaceholderData,
    hasMore: hasNextPage,
    loadingMore: isFetchingNextPage,
    onMore,
  };
  const { chosen } = selection;
  return (
    <>
      {rows.length === 0 && !hasNextPage ? (
        children
      ) : (
        <>
          {filters.view === 'grid' ? (
            <FileCards {...shared} columns={columns} onColumns={setWide} />
          ) : (
            <FileList {...shared} />
          )}
          {chosen.length > 0 ? (
            <BulkBar
              chosen={chosen}
              trash={filters.trash}
              deeds={deeds}
              onClear={selection.clear}
            />
          ) : (
            <Count number={rows.length} more={hasNextPage} />
          )}
        </>
      )}
      <Opened rows={rows} selection={selection} {...all} />
    </>
  );
}

function Count({ number, more }: { number: number; more: boolean }) {
  return (
    <p
      aria-live="polite"
      className="flex min-h-8 items-center text-muted-foreground text-xs tabular-nums"
    >
      {number} {number === 1 ? 'file' : 'files'}
      {more ? ' so far; scroll for more' : ''}
    </p>
  );
}

type OpenedProps = ReturnType<typeof useFileDeeds> & {
  rows: BrowserProps['rows'];
  selection: ReturnType<typeof useSelection>;
};

/** What lies over the files: one of them, a look at one, a question. */
function Opened({ rows, selection, deeds, changes, question, setQuestion, peeked }: OpenedProps) {
  const { file: openId } = useFileFilters();
  const step = (from: string, show: (row: (typeof rows)[number]) => void) => (by: number) => {
    const next = rows[rows.findIndex((row) => row.id === from) + by];
    if (!next) return;
    selection.activate(next.id);
    show(next);
  };
  return (
    <>
      {openId ? (
        <FilePanel
          id={openId}
          listed={rows.find((row) => row.id === openId)}
          deeds={deeds}
          onStep={step(openId, deeds.open)}
          onClose={() => deeds.open(undefined)}
        />
      ) : null}
      {peeked ? (
        <FilePeek
          file={peeked}
          onStep={step(peeked.id, deeds.peek)}
          onClose={() => deeds.peek(undefined)}
        />
      ) : null}
      {question ? (
        <ChangeDialog {...question} changes={changes} onClose={() => setQuestion(undefined)} />
      ) : null}
    </>
  );
}

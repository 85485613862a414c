'use client';

import { type ReactNode, useId } from 'react';
import { Button } from '../button.tsx';
import { EmptyState } from '../empty-state.tsx';
import { Skeleton } from '../skeleton.tsx';
import { Table, TableBody, TableFrame, TableHead, TableRow } from '../table.tsx';
import { Problem, type ProblemWords } from './problem.tsx';

/** What a log needs to know of its pages. */
type Pages = {
  error: unknown;
  isError: boolean;
  isFetching: boolean;
  isFetchingNextPage: boolean;
  hasNextPage: boolean;
  refetch: () => unknown;
  fetchNextPage: () => unknown;
};

export type LogSectionProps<Row> = {
  title: string;
  description?: string;
  /** What the rows are, as the beginning of a sentence: “The deliveries”. */
  what: string;
  filters: ReactNode;
  pages: Pages;
  /** Undefined while they are loaded. */
  rows: readonly Row[] | undefined;
  /** Cells of the header row. */
  head: ReactNode;
  row: (row: Row) => ReactNode;
  describeError: (error: unknown) => ProblemWords;
  nothing: { icon?: ReactNode; title: string; description: string; action?: ReactNode };
};

/** What happened, newest first: filters above, a table that grows by pages, and each state of it. */
export function LogSection<Row>(props: LogSectionProps<Row>) {
  const { title, description, what, filters, pages, rows, head, row, nothing, describeError } =
    props;
  const titleId = useId();
  return (
    <section aria-labelledby={titleId} className="flex flex-col gap-4">
      <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          <h2 id={titleId} className="font-semibold text-base">
            {title}
          </h2>
          {description ? <p className="text-muted-foreground text-sm">{description}</p> : null}
        </div>
        {filters}
      </div>
      {rows === undefined && pages.isError ? (
        <Problem
          query={pages}
          what={what}
          describeError={describeError}
          className="rounded-lg border bg-card"
        />
      ) : rows === undefined ? (
        <LogSkeleton />
      ) : rows.length === 0 ? (
        <EmptyState className="rounded-lg border bg-card" {...nothing} />
      ) : (
        <TableFrame>
          <Table>
            <TableHead>
              <TableRow>{head}</TableRow>
            </TableHead>
            <TableBody>{rows.map(row)}</TableBody>
          </Table>
        </TableFrame>
      )}
      {pages.hasNextPage ? (
        <Button
          className="self-center"
          busy={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          Load more
        </Button>
      ) : null}
    </section>
  );
}

const LINES = ['a', 'b', 'c', 'd', 'e', 'f'];

function LogSkeleton() {
  return (
    <div aria-busy="true" className="divide-y rounded-lg border bg-card">
      {LINES.map((line) => (
        <div key={line} className="flex h-12 items-center gap-4 px-4">
          <Skeleton className="h-5 w-20" />
          <Skeleton className="h-4 w-48" />
          <Skeleton className="ml-auto h-4 w-24" />
        </div>
      ))}
    </div>
  );
}

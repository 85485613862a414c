'use client';

import { type ReactNode, useId } from 'react';
import { Card, CardHeader } from '../card.tsx';
import { EmptyState } from '../empty-state.tsx';
import { Skeleton } from '../skeleton.tsx';

type Props<Row> = {
  title: string;
  description: string;
  /** Undefined while they are loaded. */
  rows: readonly Row[] | undefined;
  /** What adds one; in the header, and where there is none yet in the middle. */
  add: ReactNode;
  empty: { icon: ReactNode; title: string; description: string };
  /** How tall a row is while it is loaded, in lines. */
  lines: 2 | 3;
  children: (rows: readonly Row[]) => ReactNode;
};

/** A card with a list of things that a project has, and the button that adds one. */
export function ListCard<Row>({
  title,
  description,
  rows,
  add,
  empty,
  lines,
  children,
}: Props<Row>) {
  const titleId = useId();
  return (
    <Card aria-labelledby={titleId}>
      <CardHeader
        titleId={titleId}
        title={title}
        description={description}
        actions={rows?.length === 0 ? undefined : add}
      />
      {rows === undefined ? (
        <ListSkeleton lines={lines} />
      ) : rows.length === 0 ? (
        <EmptyState className="border-t py-10" {...empty} action={add} />
      ) : (
        children(rows)
      )}
    </Card>
  );
}

function ListSkeleton({ lines }: { lines: 2 | 3 }) {
  return (
    <div aria-busy="true" className="divide-y border-t">
      {['first', 'second'].map((row) => (
        <div key={row} className="flex flex-col gap-2.5 px-5 py-4">
          <Skeleton className="h-5 w-40" />
          <Skeleton className="h-4 w-64 max-w-full" />
          {lines === 3 ? <Skeleton className="h-3.5 w-48" /> : null}
        </div>
      ))}
    </div>
  );
}

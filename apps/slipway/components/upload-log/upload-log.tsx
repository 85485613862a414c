'use client';

import { Button } from '@repo/ui/button';
import { useInfiniteQuery } from '@tanstack/react-query';
import { CircleCheck, SearchX } from 'lucide-react';
import Link from 'next/link';
import { useTRPC } from '../../lib/trpc.ts';
import { LogSection } from '../panel/log-section.tsx';
import { LogHead, LogRow } from './log-table.tsx';
import { LogToolbar } from './log-toolbar.tsx';
import { type LogFilters, useLogFilters } from './use-log-filters.ts';

const NONE: LogFilters = { outcome: '', code: '', route: '', from: '', to: '' };

/** Every upload that did not become a file, and why. */
export function UploadLog({ projectId }: { projectId: string }) {
  const trpc = useTRPC();
  const { filters, input, isNarrowed, set } = useLogFilters(projectId);
  const log = useInfiniteQuery(
    trpc.uploadLog.list.infiniteQueryOptions(input, {
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  );
  return (
    <LogSection
      title="Uploads that did not become files"
      description="Refused by a rule or limit, or ended later, each with its reason; for as long as your plan keeps logs."
      what="The upload log"
      filters={<LogToolbar filters={filters} onChange={set} />}
      pages={log}
      rows={log.data?.pages.flatMap(({ data }) => data)}
      head={<LogHead />}
      row={(entry) => <LogRow key={entry.id} projectId={projectId} entry={entry} />}
      nothing={nothingOf({ projectId, isNarrowed, onAll: () => set(NONE) })}
    />
  );
}

type Nothing = { projectId: string; isNarrowed: boolean; onAll: () => void };

function nothingOf({ projectId, isNarrowed, onAll }: Nothing) {
  if (isNarrowed) {
    return {
      icon: <SearchX />,
      title: 'Nothing like that',
      description: 'No upload that the log still has fits these filters.',
      action: <Button onClick={onAll}>Show all</Button>,
    };
  }
  return {
    icon: <CircleCheck />,
    title: 'Every upload arrived',
    description:
      'What a rule refuses, what is damaged and what never comes will be here, with the reason.',
    action: (
      <Button asChild>
        <Link href={`/projects/${encodeURIComponent(projectId)}/rules`}>See the rules</Link>
      </Button>
    ),
  };
}

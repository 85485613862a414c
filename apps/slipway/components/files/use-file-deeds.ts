'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { type FileRow, useTRPC } from '../../lib/trpc.ts';
import { useMay } from '../project/use-permissions.ts';
import type { Question } from './change-dialogs.tsx';
import { useFileChanges } from './use-file-changes.ts';
import { openInAddress } from './use-file-filters.ts';

/** What this person may do with these files, and doing it: with a question first where it is due. */
export function useFileDeeds(projectId: string) {
  const trpc = useTRPC();
  const may = useMay(projectId);
  const [mayUpdate, mayDelete] = [may('file.update'), may('file.delete')];
  const project = useQuery(trpc.project.get.queryOptions({ projectId }));
  const keepsTrash = (project.data?.rules.trashDays ?? 0) > 0;
  const changes = useFileChanges(projectId);
  const [question, setQuestion] = useState<Question>();
  const [peeked, setPeeked] = useState<FileRow>();
  const deeds = useMemo(() => {
    const ask = (what: Question['ask'], rows: readonly FileRow[]) => {
      const needed = what === 'delete' || what === 'purge' ? mayDelete : mayUpdate;
      if (needed && rows.length > 0) setQuestion({ ask: what, rows });
    };
    return {
      mayUpdate,
      mayDelete,
      ask,
      open: (row: FileRow | undefined) => openInAddress(row?.id),
      peek: setPeeked,
      remove(rows: readonly FileRow[]) {
        const there = rows.filter((row) => row.status !== 'deleted');
        if (!mayDelete || there.length === 0) return;
        // Only what is ready has bytes that can be brought back.
        const restorable = keepsTrash && there.every((row) => row.status === 'ready');
        if (restorable) void changes.remove(there, true);
        else ask('delete', there);
      },
      /** Of a file with versions. */
      makeNewest(row: FileRow) {
        if (mayDelete) void changes.restore([row]);
      },
      restore(rows: readonly FileRow[]) {
        const there = rows.filter((row) => row.restorableUntil !== null);
        if (mayDelete && there.length > 0) void changes.restore(there);
      },
    };
  }, [mayUpdate, mayDelete, keepsTrash, changes]);
  return { deeds, changes, question, setQuestion, peeked };
}

export type FileDeeds = ReturnType<typeof useFileDeeds>['deeds'];

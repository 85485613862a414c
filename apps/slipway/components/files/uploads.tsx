'use client';

import { DropOverlay } from '@repo/ui/drop-overlay';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
} from 'react';
import { useTRPC, useTRPCClient } from '../../lib/trpc.ts';
import { createPorts } from '../../lib/uploads/ports.ts';
import { isMoving, UploadQueue } from '../../lib/uploads/queue.ts';
import type { Target } from '../../lib/uploads/send.ts';
import { UploadPanel } from './upload-panel.tsx';

const QueueContext = createContext<UploadQueue<Target> | null>(null);

/**
 * Uploads of one project: the whole window takes files, by drop or paste, and they keep going while
 * a person moves between the project's pages.
 */
export function Uploads({ projectId, children }: { projectId: string; children: ReactNode }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const project = useQuery(trpc.project.get.queryOptions({ projectId }));
  const rules = useRef(project.data?.rules);
  useEffect(() => {
    rules.current = project.data?.rules;
  }, [project.data]);

  const queue = useMemo(
    () =>
      new UploadQueue(
        createPorts({
          client,
          projectId,
          rules: () => rules.current,
          changed: () =>
            void queries.invalidateQueries({ queryKey: trpc.file.list.infiniteQueryKey() }),
        }),
      ),
    [client, projectId, queries, trpc],
  );

  return (
    <QueueContext value={queue}>
      {children}
      {project.data ? (
        <DropOverlay
          onFiles={(files) => queue.add(files)}
          title={`Drop to upload to ${project.data.name}`}
          description="Files and folders, straight to your storage."
        />
      ) : null}
      <UploadPanel queue={queue} />
      <LeaveGuard queue={queue} />
    </QueueContext>
  );
}

export function useUploadQueue(): UploadQueue<Target> {
  const queue = useContext(QueueContext);
  if (!queue) throw new Error('useUploadQueue needs Uploads above it');
  return queue;
}

/** Asks before the page is closed, but only while something is on its way. */
function LeaveGuard({ queue }: { queue: UploadQueue<Target> }) {
  const items = useSyncExternalStore(queue.subscribe, queue.snapshot, queue.snapshot);
  const moving = items.some(isMoving);
  useEffect(() => {
    if (!moving) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [moving]);
  return null;
}

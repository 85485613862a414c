'use client';

import { Button } from '@repo/ui/button';
import { Card, CardBody, CardFooter, CardHeader } from '@repo/ui/card';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { type DoctorReport, useTRPC } from '../../lib/trpc.ts';
import { DoctorReportView } from './doctor-report.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { useSendHere } from './storage-actions.tsx';

type Props = {
  projectId: string;
  storage: { id: string; name: string; report: DoctorReport };
  onClose: () => void;
};

/** Right after connecting: what the doctor found, and what to do with the bucket now. */
export function Connected({ projectId, storage, onClose }: Props) {
  const trpc = useTRPC();
  const storages = useQuery(trpc.storage.list.queryOptions({ projectId }));
  const use = useSendHere(projectId, storage.name);
  const [moving, setMoving] = useState(false);
  const title = useRef<HTMLHeadingElement>(null);
  // The form that had the focus is gone.
  useEffect(() => title.current?.focus(), []);
  const busy = storages.data?.move?.status === 'running';
  return (
    <Card>
      <CardHeader
        title={
          <span ref={title} tabIndex={-1} className="focus-visible:outline-none">
            {storage.name} is connected
          </span>
        }
        description="Nothing goes there yet. Send new files there, or move all files."
      />
      <CardBody>
        <DoctorReportView report={storage.report} />
      </CardBody>
      <CardFooter>
        <span />
        <span className="flex flex-wrap gap-2">
          <Button onClick={onClose}>Later</Button>
          <Button
            disabled={busy}
            busy={use.isPending}
            onClick={() => use.mutate({ projectId, storageId: storage.id }, { onSuccess: onClose })}
          >
            Send new files there
          </Button>
          <Button variant="primary" disabled={busy} onClick={() => setMoving(true)}>
            Move all files there
          </Button>
        </span>
      </CardFooter>
      {moving && storages.data ? (
        <MoveDialog
          projectId={projectId}
          storages={storages.data}
          wish={{ storageId: storage.id, button: null }}
          onClose={() => setMoving(false)}
          onStarted={onClose}
        />
      ) : null}
    </Card>
  );
}

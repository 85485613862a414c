'use client';

import { Badge } from '@repo/ui/badge';
import { Card, CardHeader } from '@repo/ui/card';
import { formatBytes, formatNumber } from '@repo/ui/format';
import { Cloud, HardDrive } from 'lucide-react';
import { useState } from 'react';
import type { ProjectStorages } from '../../lib/trpc.ts';
import { CheckStorageDialog } from './check-storage.tsx';
import { DisconnectDialog } from './disconnect-storage.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { ReplaceCredentialsDialog } from './replace-credentials.tsx';
import { StorageActions, type StorageWish } from './storage-actions.tsx';
import { addressOf, type Connection } from './storage-words.ts';

type Props = { projectId: string; storages: ProjectStorages; mayManage: boolean };

export function StorageList({ projectId, storages, mayManage }: Props) {
  const [wish, setWish] = useState<StorageWish>();
  const { connections, standard } = storages;
  const rows: (Connection | null)[] = [null, ...connections];
  const close = () => setWish(undefined);
  const connection = connections.find(({ id }) => id === wish?.storageId);
  return (
    <Card aria-labelledby="storages-title">
      <CardHeader
        titleId="storages-title"
        title="Where files are kept"
        description={
          connections.length === 0
            ? 'All files are in Slipway’s own storage. Connect a bucket to keep them in yours.'
            : 'New files go to one of these storages; files that are there already stay, until they are moved.'
        }
      />
      <ul className="divide-y border-t">
        {rows.map((row) => (
          <StorageRow
            key={row?.id ?? 'standard'}
            projectId={projectId}
            storages={storages}
            mayManage={mayManage}
            row={row}
            kind={row === null ? standard.kind : 's3'}
            onWish={setWish}
          />
        ))}
      </ul>
      {wish?.what === 'move' ? (
        <MoveDialog projectId={projectId} storages={storages} wish={wish} onClose={close} />
      ) : null}
      {connection && wish?.what === 'check' ? (
        <CheckStorageDialog
          projectId={projectId}
          connection={connection}
          returnFocus={wish.button}
          onClose={close}
        />
      ) : null}
      {connection && wish?.what === 'credentials' ? (
        <ReplaceCredentialsDialog
          projectId={projectId}
          connection={connection}
          returnFocus={wish.button}
          onClose={close}
        />
      ) : null}
      {connection && wish?.what === 'disconnect' ? (
        <DisconnectDialog
          projectId={projectId}
          connection={connection}
          returnFocus={wish.button}
          onClose={close}
        />
      ) : null}
    </Card>
  );
}

type RowProps = Props & {
  /** Null for the storage of the configuration. */
  row: Connection | null;
  kind: 'disk' | 's3';
  onWish: (wish: StorageWish) => void;
};

function StorageRow({ projectId, storages, mayManage, row, kind, onWish }: RowProps) {
  const Icon = kind === 'disk' ? HardDrive : Cloud;
  const { files, bytes } = row ?? storages.standard;
  const current = storages.currentId === (row?.id ?? null);
  const name = row?.name ?? 'Slipway’s own storage';
  return (
    <li className="flex items-start gap-3 py-3 pr-3 pl-5">
      <Icon aria-hidden="true" className="mt-1 size-4 shrink-0 text-muted-foreground" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium [overflow-wrap:anywhere]">{name}</span>
          {current ? <Badge tone="success">New files go here</Badge> : null}
        </p>
        <p className="text-muted-foreground text-sm [overflow-wrap:anywhere]">
          {row ? (
            <>
              <span className="font-mono text-xs">{addressOf(row)}</span>
              {row.accessKeyHint ? (
                <span className="text-xs">
                  {' · '}
                  <span className="whitespace-nowrap">key …{row.accessKeyHint}</span>
                </span>
              ) : null}
            </>
          ) : kind === 'disk' ? (
            'On the disk of the server'
          ) : (
            'A bucket of whoever runs this Slipway'
          )}
        </p>
        <p className="mt-0.5 text-muted-foreground text-sm tabular-nums">
          {files === 0
            ? 'No files'
            : `${formatNumber(files)} ${files === 1 ? 'file' : 'files'} · ${formatBytes(bytes)}`}
        </p>
      </div>
      {mayManage ? (
        <StorageActions
          projectId={projectId}
          storages={storages}
          row={row}
          name={name}
          onWish={onWish}
        />
      ) : null}
    </li>
  );
}

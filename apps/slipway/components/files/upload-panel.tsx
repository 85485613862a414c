'use client';

import { Button } from '@repo/ui/button';
import { ChevronDown, ChevronUp, RotateCw, X } from 'lucide-react';
import { useState } from 'react';
import type { UploadItem } from 'slipway/client';
import { canRetry, UploadRow } from './upload-row.tsx';
import { useIsOffline } from './use-is-offline.ts';
import { type ProjectUploader, useUploads } from './use-uploader.ts';

const order: readonly UploadItem['state'][] = [
  'error',
  'uploading',
  'completing',
  'requesting',
  'paused',
  'queued',
];

/** What needs a person first, then what moves, then what is over. */
function sorted<Item extends UploadItem>(items: readonly Item[]): Item[] {
  const rank = ({ state }: Item) => (order.includes(state) ? order.indexOf(state) : order.length);
  return items.toSorted((a, b) => rank(a) - rank(b));
}

function headline(items: readonly UploadItem[]): string {
  const count = (...states: UploadItem['state'][]) =>
    items.filter((item) => states.includes(item.state)).length;
  const moving = count('queued', 'requesting', 'uploading', 'completing');
  const paused = count('paused');
  const done = count('done');
  const bad = count('error');
  if (moving > 0) return `Uploading ${moving} ${moving === 1 ? 'file' : 'files'}`;
  if (paused > 0) return `${paused} ${paused === 1 ? 'upload' : 'uploads'} paused`;
  if (bad > 0) return `${done} ready, ${bad} not uploaded`;
  if (done > 0) return `${done} ${done === 1 ? 'file is' : 'files are'} ready`;
  return 'Uploads cancelled';
}

/** The queue, at the lower right: progress, cancel, retry, and why a file was refused. */
export function UploadPanel({ uploader }: { uploader: ProjectUploader }) {
  const { items, active } = useUploads(uploader);
  const [open, setOpen] = useState(true);
  const isOffline = useIsOffline();
  const title = items.length > 0 ? headline(items) : '';
  return (
    <>
      <p aria-live="polite" className="sr-only">
        {title}
      </p>
      {items.length > 0 ? (
        <section
          aria-label="Uploads"
          className="fixed inset-x-2 bottom-2 z-40 animate-rise-in overflow-hidden rounded-lg border bg-popover shadow-dialog sm:right-4 sm:bottom-4 sm:left-auto sm:w-96"
        >
          <PanelHeader
            title={title}
            active={active}
            again={items.filter((item) => item.state === 'error' && canRetry(item))}
            open={open}
            onOpen={setOpen}
            uploader={uploader}
          />
          {isOffline && active ? (
            <p role="status" className="border-b bg-warning-soft px-4 py-2 text-sm text-warning">
              You are offline. Uploads go on by themselves when the connection is back.
            </p>
          ) : null}
          {open ? (
            <ul className="max-h-72 divide-y overflow-y-auto">
              {sorted(items).map((item) => (
                <UploadRow key={item.key} item={item} uploader={uploader} />
              ))}
            </ul>
          ) : null}
        </section>
      ) : null}
    </>
  );
}

type HeaderProps = {
  title: string;
  active: boolean;
  /** Failed, and worth another try. */
  again: readonly UploadItem[];
  open: boolean;
  onOpen: (open: boolean) => void;
  uploader: ProjectUploader;
};

function PanelHeader({ title, active, again, open, onOpen, uploader }: HeaderProps) {
  const label = active ? 'Cancel all uploads' : 'Close';
  return (
    <div className="flex h-11 items-center gap-1 border-b bg-muted pr-2 pl-4">
      <h2 className="flex-1 truncate font-medium text-sm tabular-nums">{title}</h2>
      {again.length > 1 ? (
        <Button
          size="sm"
          variant="ghost"
          onClick={() => {
            for (const { key } of again) uploader.retry(key);
          }}
        >
          <RotateCw />
          Retry all
        </Button>
      ) : null}
      <Button
        size="icon-sm"
        variant="ghost"
        aria-label={open ? 'Collapse uploads' : 'Expand uploads'}
        aria-expanded={open}
        onClick={() => onOpen(!open)}
      >
        {open ? <ChevronDown /> : <ChevronUp />}
      </Button>
      <Button
        size="icon-sm"
        variant="ghost"
        aria-label={label}
        title={label}
        onClick={() => {
          if (active) return uploader.cancel();
          for (const item of uploader.getSnapshot().items) uploader.remove(item.key);
        }}
      >
        <X />
      </Button>
    </div>
  );
}

'use client';

import { type ReactNode, useMemo, useRef, useSyncExternalStore } from 'react';
import { BatchInTab } from '../batch-in-tab.tsx';
import type { OpenUploads } from './desk.ts';
import type { UploadControls, UploadQueue, UploadWords } from './queue.ts';
import { UploadTray } from './upload-tray.tsx';
import { useTrayRoom } from './use-tray-room.ts';
import { slowly } from './use-uploads.ts';

export type UploadTraysProps<Input> = {
  open: readonly OpenUploads<Input, UploadQueue<Input>>[];
  words: UploadWords;
  /** The way to a place, shown where another page is open. */
  wayTo: (place: string) => ReactNode;
  /** Whether people came to this page for something else than what arrives there. */
  isAside: (place: string) => boolean;
  /** Types and extensions of which files are offered. */
  accept?: string;
  /** Files that were chosen again. */
  onFiles: (place: string, files: File[]) => void;
  onRefusalsSeen: (place: string) => void;
};

/** All uploads of a desk, at the lower right of whatever page is open, and in its tab. */
export function UploadTrays<Input>(props: UploadTraysProps<Input>) {
  const { open, words, wayTo, isAside, accept, onFiles, onRefusalsSeen } = props;
  const tray = useRef<HTMLDivElement>(null);
  useTrayRoom(tray);
  return (
    <>
      <div
        ref={tray}
        className="pointer-events-none fixed inset-x-2 bottom-2 z-40 flex flex-col gap-2 *:pointer-events-auto sm:left-auto sm:right-4 sm:bottom-4 sm:w-96"
      >
        {open.map((uploads) => (
          <UploadTray
            key={uploads.place}
            open={uploads}
            words={words}
            way={wayTo(uploads.place)}
            isAside={isAside(uploads.place)}
            accept={accept}
            onFiles={(files) => onFiles(uploads.place, files)}
            onRefusalsSeen={() => onRefusalsSeen(uploads.place)}
          />
        ))}
      </div>
      <Batch open={open} />
    </>
  );
}

/** Of all queues that are at work, in percent; -1 of none. */
function percentOf(open: readonly { uploader: Pick<UploadControls, 'getSnapshot'> }[]): number {
  const busy = open.map(({ uploader }) => uploader.getSnapshot()).filter(({ active }) => active);
  const size = busy.reduce((sum, each) => sum + each.size, 0);
  const sent = busy.reduce((sum, each) => sum + each.progress * each.size, 0);
  if (busy.length === 0) return -1;
  return size === 0 ? 100 : Math.floor((sent / size) * 100);
}

function Batch<Input>({ open }: Pick<UploadTraysProps<Input>, 'open'>) {
  const subscribe = useMemo(
    () =>
      slowly((listener) => {
        const leave = open.map(({ uploader }) => uploader.subscribe(listener));
        return () => {
          for (const each of leave) each();
        };
      }),
    [open],
  );
  const percent = useSyncExternalStore(
    subscribe,
    () => percentOf(open),
    () => -1,
  );
  return <BatchInTab active={percent >= 0} progress={percent / 100} />;
}

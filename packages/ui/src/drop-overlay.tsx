'use client';

import { Upload } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { toast } from './toaster.tsx';
import { noteHandle } from './uploads/kept-files.ts';
import { tellUnreadable } from './uploads/tell-unreadable.ts';
import { Walk } from './uploads/walk.ts';

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

type WithHandles = DataTransferItem & {
  getAsFileSystemHandle?: () => Promise<FileSystemHandle | null>;
};

/** Of a drop or a paste, as far as the browser tells. */
interface Dropped {
  file: File | undefined;
  entry: FileSystemEntry | null;
  /** The way to it, by which it is found again after a reload without a copy. */
  handle: FileSystemHandle | null;
}

const isFolder = (handle: FileSystemHandle | null): handle is FileSystemDirectoryHandle =>
  handle?.kind === 'directory';
const isFile = (handle: FileSystemHandle | null): handle is FileSystemFileHandle =>
  handle?.kind === 'file';

async function walkItem({ file, entry, handle }: Dropped): Promise<Walk> {
  const walk = new Walk();
  if (isFolder(handle)) await walk.below(handle);
  else if (entry?.isDirectory) await walk.entry(entry);
  else if (file) {
    if (isFile(handle) && handle.name === file.name) noteHandle(file, handle);
    walk.files.push(file);
  }
  return walk;
}

/** Files of a drop or a paste; folders are walked. Also told: the names of what cannot be read. */
export async function filesFromTransfer(
  transfer: DataTransfer,
): Promise<Pick<Walk, 'files' | 'unreadable'>> {
  // All must be taken before the first await: the list is emptied when the event ends.
  const items: WithHandles[] = Array.from(transfer.items).filter(({ kind }) => kind === 'file');
  const dropped = items.map(async (item): Promise<Dropped> => {
    const [file, entry] = [item.getAsFile() ?? undefined, item.webkitGetAsEntry()];
    const handle = (await item.getAsFileSystemHandle?.().catch(() => null)) ?? null;
    return { file, entry, handle };
  });
  const walks = await Promise.all(dropped.map(async (each) => walkItem(await each)));
  return {
    files: walks.flatMap(({ files }) => files),
    unreadable: walks.flatMap(({ unreadable }) => unreadable),
  };
}

export type DropOverlayProps = {
  onFiles: (files: File[]) => void;
  /** "Drop to upload to Marketing site". */
  title: string;
  description?: ReactNode;
  disabled?: boolean;
  /** Also take files from the clipboard (not while typing in a field). */
  paste?: boolean;
};

/** A dialog asks something else: files that are let go of over it are not its answer. */
const sayClosed = () =>
  toast.info('Nothing was added', {
    id: 'drop-behind-dialog',
    description: 'Close the dialog first, and drop or paste the files again.',
  });

/** The whole window is the target: shown while files are dragged over it. */
export function DropOverlay({
  onFiles,
  title,
  description,
  disabled = false,
  paste = true,
}: DropOverlayProps) {
  const [over, setOver] = useState(false);
  const receive = useRef(onFiles);
  useEffect(() => {
    receive.current = onFiles;
  }, [onFiles]);

  useEffect(() => {
    if (disabled) return;
    const stop = new AbortController();
    const options = { signal: stop.signal };
    let depth = 0;
    const reset = () => {
      depth = 0;
      setOver(false);
    };
    const take = (transfer: DataTransfer) => {
      void filesFromTransfer(transfer).then(({ files, unreadable }) => {
        tellUnreadable(unreadable);
        if (files.length > 0) receive.current(files);
      });
    };
    const modalOpen = () => document.querySelector('[role=dialog],[role=alertdialog]') !== null;

    window.addEventListener(
      'dragenter',
      (event) => {
        if (!carriesFiles(event) || modalOpen()) return;
        event.preventDefault();
        depth += 1;
        setOver(true);
      },
      options,
    );
    window.addEventListener(
      'dragover',
      (event) => carriesFiles(event) && event.preventDefault(),
      options,
    );
    window.addEventListener(
      'dragleave',
      (event) => {
        if (!carriesFiles(event)) return;
        depth -= 1;
        if (depth <= 0) reset();
      },
      options,
    );
    window.addEventListener(
      'drop',
      (event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        reset();
        if (modalOpen()) sayClosed();
        else if (event.dataTransfer) take(event.dataTransfer);
      },
      options,
    );
    window.addEventListener(
      'paste',
      (event) => {
        const typing =
          event.target instanceof HTMLElement &&
          event.target.closest('input, textarea, [contenteditable]');
        if (!paste || typing || !event.clipboardData?.files.length) return;
        event.preventDefault();
        if (modalOpen()) sayClosed();
        else take(event.clipboardData);
      },
      options,
    );
    return () => stop.abort();
  }, [disabled, paste]);

  if (!over) return null;
  return (
    <div className="pointer-events-none fixed inset-0 z-50 animate-fade-in bg-overlay p-4">
      <div className="flex size-full flex-col items-center justify-center gap-2 rounded-xl border-2 border-primary border-dashed bg-popover/95 text-center">
        <Upload aria-hidden="true" className="mb-2 size-8 text-link" />
        <p className="font-semibold text-lg">{title}</p>
        {description ? <p className="text-muted-foreground text-sm">{description}</p> : null}
      </div>
    </div>
  );
}

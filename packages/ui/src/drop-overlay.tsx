'use client';

import { Upload } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { noteHandle } from './uploads/kept-files.ts';

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

/** A dropped file does not know the folder that it came in. */
const folders = new WeakMap<File, string>();

const parentOf = (path: string) => path.split('/').slice(0, -1).filter(Boolean).join('/');

/** The folder that a file was dropped or chosen in, such as `shoot/raw`; empty for one by itself. */
export function folderOf(file: File): string {
  return folders.get(file) ?? parentOf(file.webkitRelativePath ?? '');
}

async function filesOf(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) {
    const fileEntry = entry as FileSystemFileEntry;
    const file = await new Promise<File>((resolve, reject) => fileEntry.file(resolve, reject));
    folders.set(file, parentOf(entry.fullPath));
    return [file];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const files: File[] = [];
  // A reader hands out at most 100 entries a call; an empty batch is the end.
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (batch.length === 0) return files;
    for (const child of batch) files.push(...(await filesOf(child)));
  }
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

/** All that is below a folder, each with the way to it. */
async function filesBelow(folder: FileSystemDirectoryHandle, path: string): Promise<File[]> {
  const files: File[] = [];
  for await (const child of folder.values()) {
    if (child.kind === 'directory') {
      files.push(...(await filesBelow(child, `${path}/${child.name}`)));
      continue;
    }
    const file = await child.getFile();
    folders.set(file, path);
    noteHandle(file, child);
    files.push(file);
  }
  return files;
}

const isFolder = (handle: FileSystemHandle | null): handle is FileSystemDirectoryHandle =>
  handle?.kind === 'directory';
const isFile = (handle: FileSystemHandle | null): handle is FileSystemFileHandle =>
  handle?.kind === 'file';

async function filesOfItem({ file, entry, handle }: Dropped): Promise<File[]> {
  if (isFolder(handle)) return filesBelow(handle, handle.name);
  if (entry?.isDirectory) return filesOf(entry);
  if (!file) return [];
  if (isFile(handle) && handle.name === file.name) noteHandle(file, handle);
  return [file];
}

/** Files of a drop or a paste; folders are walked. */
export async function filesFromTransfer(transfer: DataTransfer): Promise<File[]> {
  // All must be taken before the first await: the list is emptied when the event ends.
  const items: WithHandles[] = Array.from(transfer.items).filter(({ kind }) => kind === 'file');
  const dropped = items.map(async (item): Promise<Dropped> => {
    const [file, entry] = [item.getAsFile() ?? undefined, item.webkitGetAsEntry()];
    const handle = (await item.getAsFileSystemHandle?.().catch(() => null)) ?? null;
    return { file, entry, handle };
  });
  const lists = await Promise.all(dropped.map(async (each) => filesOfItem(await each)));
  return lists.flat();
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
      void filesFromTransfer(transfer).then((files) => files.length > 0 && receive.current(files));
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
        if (event.dataTransfer && !modalOpen()) take(event.dataTransfer);
      },
      options,
    );
    window.addEventListener(
      'paste',
      (event) => {
        const typing =
          event.target instanceof HTMLElement &&
          event.target.closest('input, textarea, [contenteditable]');
        if (!paste || typing || modalOpen() || !event.clipboardData?.files.length) return;
        event.preventDefault();
        take(event.clipboardData);
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

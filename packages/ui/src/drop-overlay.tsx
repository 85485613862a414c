'use client';

import { Upload } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { toast } from './toaster.tsx';
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

/** What is in a folder because a system put it there (`.DS_Store`, `.git`) is meant by nobody who drops the folder. */
const isHidden = ({ name }: { name: string }) => name.startsWith('.');

/** What was walked: one that cannot be read holds up no other. */
class Walk {
  readonly files: File[] = [];
  readonly unreadable: string[] = [];

  async entry(entry: FileSystemEntry): Promise<void> {
    try {
      if (entry.isFile) await this.#file(entry as FileSystemFileEntry);
      else await this.#folder(entry as FileSystemDirectoryEntry);
    } catch {
      this.unreadable.push(entry.name);
    }
  }

  async #file(entry: FileSystemFileEntry): Promise<void> {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    folders.set(file, parentOf(entry.fullPath));
    this.files.push(file);
  }

  async #folder(entry: FileSystemDirectoryEntry): Promise<void> {
    const reader = entry.createReader();
    // A reader hands out at most 100 entries a call; an empty batch is the end.
    for (;;) {
      const batch = await new Promise<FileSystemEntry[]>((resolve, reject) =>
        reader.readEntries(resolve, reject),
      );
      if (batch.length === 0) return;
      for (const child of batch) if (!isHidden(child)) await this.entry(child);
    }
  }

  /** All that is below a folder, each with the way to it. */
  async below(folder: FileSystemDirectoryHandle, path: string): Promise<void> {
    try {
      for await (const child of folder.values()) {
        if (isHidden(child)) continue;
        if (child.kind === 'directory') await this.below(child, `${path}/${child.name}`);
        else await this.#handle(child, path);
      }
    } catch {
      this.unreadable.push(folder.name);
    }
  }

  async #handle(handle: FileSystemFileHandle, path: string): Promise<void> {
    const file = await handle.getFile().catch(() => null);
    if (file === null) {
      this.unreadable.push(handle.name);
      return;
    }
    folders.set(file, path);
    noteHandle(file, handle);
    this.files.push(file);
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

const isFolder = (handle: FileSystemHandle | null): handle is FileSystemDirectoryHandle =>
  handle?.kind === 'directory';
const isFile = (handle: FileSystemHandle | null): handle is FileSystemFileHandle =>
  handle?.kind === 'file';

async function walkItem({ file, entry, handle }: Dropped): Promise<Walk> {
  const walk = new Walk();
  if (isFolder(handle)) await walk.below(handle, handle.name);
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

function tellUnreadable([first, ...others]: readonly string[]): void {
  if (first === undefined) return;
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  toast.error('Not everything could be read', {
    description: `The browser was not given ${first}${more}. What could be read is taken.`,
  });
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

import { noteHandle } from './kept-files.ts';

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
export class Walk {
  readonly files: File[] = [];
  readonly unreadable: string[] = [];
  #root: FileSystemDirectoryHandle | undefined;

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
  async below(root: FileSystemDirectoryHandle): Promise<void> {
    this.#root = root;
    await this.#walk(root, root.name);
  }

  async #walk(folder: FileSystemDirectoryHandle, path: string): Promise<void> {
    try {
      for await (const child of folder.values()) {
        if (isHidden(child)) continue;
        if (child.kind === 'directory') await this.#walk(child, `${path}/${child.name}`);
        else await this.handle(child, path);
      }
    } catch {
      this.unreadable.push(folder.name);
    }
  }

  /** One file, in the folder that it is known to be in. */
  async handle(handle: FileSystemFileHandle, path = ''): Promise<void> {
    const file = await handle.getFile().catch(() => null);
    if (file === null) {
      this.unreadable.push(handle.name);
      return;
    }
    if (path !== '') folders.set(file, path);
    // Who may read the folder may read all of it: after a reload one answer is enough.
    noteHandle(file, handle, this.#root);
    this.files.push(file);
  }
}

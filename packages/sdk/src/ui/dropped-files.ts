/** The files of a drop or paste, folders included. Call it during the event. */
export async function filesOf({ items }: DataTransfer): Promise<File[]> {
  const lists = [...items].map((item) => {
    const entry = item.webkitGetAsEntry?.();
    return entry?.isDirectory ? readEntry(entry) : item.getAsFile();
  });
  return (await Promise.all(lists)).flat().filter(Boolean) as File[];
}

async function readEntry(entry: FileSystemEntry): Promise<(File | null)[]> {
  if (entry.isFile) {
    // Hidden files such as .DS_Store come along with folders, and nobody means them.
    if (entry.name.startsWith('.')) return [];
    return [
      await new Promise((resolve) =>
        (entry as FileSystemFileEntry).file(resolve, () => resolve(null)),
      ),
    ];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const files: (File | null)[] = [];
  for (;;) {
    // A reader hands out a hundred entries at a time, and none at the end.
    const batch = await new Promise<FileSystemEntry[]>((resolve) =>
      reader.readEntries(resolve, () => resolve([])),
    );
    if (!batch[0]) return files;
    files.push(...(await Promise.all(batch.map(readEntry))).flat());
  }
}

import { expect, test } from 'vitest';
import { filesFromTransfer } from './drop-overlay.tsx';
import { folderOf } from './uploads/walk.ts';

const file = (name: string) => new File([name], name);
const gone = () => Promise.reject(new DOMException('gone', 'NotFoundError'));

const fileHandle = (name: string, getFile = async () => file(name)) => ({
  ...{ kind: 'file', name, getFile },
});
const folderHandle = (name: string, children: readonly object[]) => ({
  ...{ kind: 'directory', name },
  async *values() {
    yield* children;
  },
});

/** What Chromium hands out: a way to each file. */
const withHandle = (handle: object) => ({
  ...{ kind: 'file', getAsFile: () => null, webkitGetAsEntry: () => null },
  getAsFileSystemHandle: async () => handle,
});

type Entry = { name: string; fullPath: string; isFile: boolean; isDirectory: boolean };
const fileEntry = (fullPath: string, isReadable = true): Entry => {
  const name = fullPath.split('/').at(-1) ?? '';
  const read = (take: (found: File) => void, refuse: (error: unknown) => void) =>
    isReadable ? take(file(name)) : refuse(new DOMException('gone', 'NotFoundError'));
  return Object.assign({ name, fullPath, isFile: true, isDirectory: false }, { file: read });
};
const folderEntry = (fullPath: string, children: readonly Entry[]): Entry => {
  const name = fullPath.split('/').at(-1) ?? '';
  const batches = [children, []];
  const createReader = () => ({
    readEntries: (take: (batch: readonly Entry[]) => void) => take(batches.shift() ?? []),
  });
  return Object.assign({ name, fullPath, isFile: false, isDirectory: true }, { createReader });
};
/** What Safari and Firefox hand out. */
const withEntry = (entry: Entry) => ({
  ...{ kind: 'file', getAsFile: () => null, webkitGetAsEntry: () => entry },
});

const dropped = (...items: object[]) => filesFromTransfer({ items } as unknown as DataTransfer);

test.each([
  [
    'by handles',
    withHandle(
      folderHandle('shoot', [
        fileHandle('a.jpg'),
        fileHandle('broken.jpg', gone),
        fileHandle('.DS_Store'),
        folderHandle('.git', [fileHandle('config')]),
        folderHandle('raw', [fileHandle('b.dng')]),
      ]),
    ),
  ],
  [
    'by entries',
    withEntry(
      folderEntry('/shoot', [
        fileEntry('/shoot/a.jpg'),
        fileEntry('/shoot/broken.jpg', false),
        fileEntry('/shoot/.DS_Store'),
        folderEntry('/shoot/.git', [fileEntry('/shoot/.git/config')]),
        folderEntry('/shoot/raw', [fileEntry('/shoot/raw/b.dng')]),
      ]),
    ),
  ],
])(
  'of a folder, %s: what cannot be read is named, what is hidden left out, the rest comes',
  async (_, item) => {
    const { files, unreadable } = await dropped(item);
    expect(files.map((each) => [folderOf(each), each.name])).toEqual([
      ['shoot', 'a.jpg'],
      ['shoot/raw', 'b.dng'],
    ]);
    expect(unreadable).toEqual(['broken.jpg']);
  },
);

test('a hidden file that is dropped by itself is meant', async () => {
  const own = { ...withEntry(fileEntry('/.env')), getAsFile: () => file('.env') };
  expect((await dropped(own)).files.map(({ name }) => name)).toEqual(['.env']);
});

'use client';

import { useRef } from 'react';

/** Extensions too: few systems know what type a RAW file is. */
const accepted =
  'image/jpeg,image/png,image/webp,image/tiff,image/avif,image/heic,image/heif,.heic,.heif,.cr2,.cr3,.nef,.arw,.dng,.raf,.orf,.rw2';

type Inputs = ReturnType<typeof useFileInputs>;

/** The browser's own questions for photos, and for a folder. */
export function useFileInputs() {
  const files = useRef<HTMLInputElement | null>(null);
  const folder = useRef<HTMLInputElement | null>(null);
  return {
    files,
    setFolder: (input: HTMLInputElement | null) => {
      folder.current = input;
      if (input) input.webkitdirectory = true;
    },
    chooseFiles: () => files.current?.click(),
    chooseFolder: () => folder.current?.click(),
  };
}

export function FileInputs({
  inputs: { files, setFolder },
  onFiles,
}: {
  inputs: Pick<Inputs, 'files' | 'setFolder'>;
  onFiles: (files: File[]) => void;
}) {
  const shared = {
    type: 'file',
    multiple: true,
    tabIndex: -1,
    className: 'hidden',
    onChange: ({ target }: { target: HTMLInputElement }) => {
      onFiles(Array.from(target.files ?? []));
      // The same file may be chosen twice in a row.
      target.value = '';
    },
  } as const;
  return (
    <>
      <input ref={files} accept={accepted} aria-label="Photos to upload" {...shared} />
      <input ref={setFolder} aria-label="Folder of photos to upload" {...shared} />
    </>
  );
}

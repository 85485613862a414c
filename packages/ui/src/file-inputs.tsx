'use client';

import { useCallback, useMemo, useRef } from 'react';

export type FileInputRefs = ReturnType<typeof useFileInputs>;

/** The browser's own questions for files, and for a folder. */
export function useFileInputs() {
  const files = useRef<HTMLInputElement | null>(null);
  const folder = useRef<HTMLInputElement | null>(null);
  const setFolder = useCallback((input: HTMLInputElement | null) => {
    folder.current = input;
    if (input) input.webkitdirectory = true;
  }, []);
  return useMemo(
    () => ({
      files,
      setFolder,
      chooseFiles: () => files.current?.click(),
      chooseFolder: () => folder.current?.click(),
    }),
    [setFolder],
  );
}

export type FileInputsProps = {
  inputs: Pick<FileInputRefs, 'files' | 'setFolder'>;
  onFiles: (files: File[]) => void;
  /** What one of them is called: "photo". */
  noun?: string;
  /** Types and extensions of which files are offered; all without it. */
  accept?: string | undefined;
};

/** Hidden: buttons, keys and menus open them. */
export function FileInputs({
  inputs: { files, setFolder },
  onFiles,
  noun = 'file',
  accept,
}: FileInputsProps) {
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
  const kind = `${noun.charAt(0).toUpperCase()}${noun.slice(1)}s`;
  return (
    <>
      <input ref={files} accept={accept} aria-label={`${kind} to upload`} {...shared} />
      <input ref={setFolder} aria-label={`Folder of ${noun}s to upload`} {...shared} />
    </>
  );
}

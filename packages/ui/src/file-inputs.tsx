'use client';

import { useCallback, useEffect, useMemo, useRef } from 'react';
import { pickFiles, pickFolder } from './uploads/picked-files.ts';
import { tellUnreadable } from './uploads/tell-unreadable.ts';

export type FileInputRefs = ReturnType<typeof useFileInputs>;

type Taking = { onFiles: (files: File[]) => void; accept: string | undefined; kind: string };

/**
 * The browser's own questions for files, and for a folder. Asked so that it hands out the ways to them, if it can:
 * by these an upload goes on after a reload without a copy, and without choosing again.
 */
export function useFileInputs() {
  const files = useRef<HTMLInputElement | null>(null);
  const folder = useRef<HTMLInputElement | null>(null);
  const taking = useRef<Taking | null>(null);
  const setFolder = useCallback((input: HTMLInputElement | null) => {
    folder.current = input;
    if (input) input.webkitdirectory = true;
  }, []);
  return useMemo(() => {
    const take = async (picked: ReturnType<typeof pickFiles>, input: HTMLInputElement | null) => {
      const chosen = await picked;
      if (chosen === null) {
        input?.click();
        return;
      }
      tellUnreadable(chosen.unreadable);
      if (chosen.files.length > 0) taking.current?.onFiles(chosen.files);
    };
    return {
      files,
      setFolder,
      taking,
      chooseFiles: () => {
        const { accept, kind = '' } = taking.current ?? {};
        void take(pickFiles(accept, kind), files.current);
      },
      chooseFolder: () => void take(pickFolder(), folder.current),
    };
  }, [setFolder]);
}

export type FileInputsProps = {
  inputs: Pick<FileInputRefs, 'files' | 'setFolder' | 'taking'>;
  onFiles: (files: File[]) => void;
  /** What one of them is called: "photo". */
  noun?: string;
  /** Types and extensions of which files are offered; all without it. */
  accept?: string | undefined;
};

/** Hidden: buttons, keys and menus open them. */
export function FileInputs({
  inputs: { files, setFolder, taking },
  onFiles,
  noun = 'file',
  accept,
}: FileInputsProps) {
  const kind = `${noun.charAt(0).toUpperCase()}${noun.slice(1)}s`;
  useEffect(() => {
    taking.current = { onFiles, accept, kind };
  }, [taking, onFiles, accept, kind]);
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
      <input ref={files} accept={accept} aria-label={`${kind} to upload`} {...shared} />
      <input ref={setFolder} aria-label={`Folder of ${noun}s to upload`} {...shared} />
    </>
  );
}

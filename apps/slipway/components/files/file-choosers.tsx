'use client';

import { type ReactNode, useCallback, useRef } from 'react';
import { useShortcuts } from '../shortcuts/use-shortcuts.ts';
import { ChooserContext } from './use-uploader.ts';

type Props = { mayUpload: boolean; onFiles: (files: File[]) => void; children: ReactNode };

/** The browser's own questions for files and for a folder; by button, key or palette from every page of the project. */
export function FileChoosers({ mayUpload, onFiles, children }: Props) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement | null>(null);
  const asFolder = useCallback((input: HTMLInputElement | null) => {
    folder.current = input;
    if (input) input.webkitdirectory = true;
  }, []);
  const choose = useCallback(() => files.current?.click(), []);
  useShortcuts(
    mayUpload
      ? [
          { id: 'upload', keys: ['u'], label: 'Upload files', group: 'Project', run: choose },
          {
            id: 'upload-folder',
            keys: [],
            label: 'Upload a folder',
            group: 'Project',
            run: () => folder.current?.click(),
          },
        ]
      : [],
  );
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
    <ChooserContext value={choose}>
      <input ref={files} aria-label="Files to upload" {...shared} />
      <input ref={asFolder} aria-label="Folder to upload" {...shared} />
      {children}
    </ChooserContext>
  );
}

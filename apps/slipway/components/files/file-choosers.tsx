'use client';

import { FileInputs, useFileInputs } from '@repo/ui/file-inputs';
import type { ReactNode } from 'react';
import { useShortcuts } from '../shortcuts/use-shortcuts.ts';
import { ChooserContext } from './use-choose-files.ts';

type Props = { mayUpload: boolean; onFiles: (files: File[]) => void; children: ReactNode };

/** The browser's own questions for files and for a folder; by button, key or palette from every page of the project. */
export function FileChoosers({ mayUpload, onFiles, children }: Props) {
  const inputs = useFileInputs();
  const { chooseFiles, chooseFolder } = inputs;
  useShortcuts(
    mayUpload
      ? [
          { id: 'upload', keys: ['u'], label: 'Upload files', group: 'Project', run: chooseFiles },
          {
            id: 'upload-folder',
            keys: [],
            label: 'Upload a folder',
            group: 'Project',
            run: chooseFolder,
          },
        ]
      : [],
  );
  return (
    <ChooserContext value={chooseFiles}>
      <FileInputs inputs={inputs} onFiles={onFiles} />
      {children}
    </ChooserContext>
  );
}

'use client';

import { Button } from '@repo/ui/button';
import { Upload } from 'lucide-react';
import { useChooseFiles } from './use-choose-files.ts';

/** `isShort`: of one word where there is little room. */
export function UploadButton({ isShort = false }: { isShort?: boolean }) {
  const choose = useChooseFiles();
  return (
    <Button variant="primary" onClick={choose} aria-keyshortcuts="u">
      <Upload />
      <span>
        Upload<span className={isShort ? 'max-sm:sr-only' : undefined}> files</span>
      </span>
    </Button>
  );
}

'use client';

import { Button } from '@repo/ui/button';
import { Upload } from 'lucide-react';
import { useChooseFiles } from './use-uploader.ts';

export function UploadButton({ className }: { className?: string }) {
  const choose = useChooseFiles();
  return (
    <Button variant="primary" className={className} onClick={choose} aria-keyshortcuts="u">
      <Upload />
      Upload files
    </Button>
  );
}

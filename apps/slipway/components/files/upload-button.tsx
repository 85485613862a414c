'use client';

import { Button } from '@repo/ui/button';
import { Upload } from 'lucide-react';
import { useRef } from 'react';
import { useUploader } from './use-uploader.ts';

export function UploadButton({ className }: { className?: string }) {
  const uploader = useUploader();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        tabIndex={-1}
        aria-label="Files to upload"
        className="hidden"
        onChange={(event) => {
          uploader.add(Array.from(event.target.files ?? []));
          // The same file may be chosen twice in a row.
          event.target.value = '';
        }}
      />
      <Button variant="primary" className={className} onClick={() => input.current?.click()}>
        <Upload />
        Upload files
      </Button>
    </>
  );
}

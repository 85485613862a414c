'use client';

import { Button } from '@repo/ui/button';
import { Upload } from 'lucide-react';
import { useRef } from 'react';
import { useListingUploads } from './uploads.tsx';

type Props = { listingId: string; label: string; variant?: 'primary' | 'secondary' };

/** Extensions too: few systems know what type a RAW file is. */
const accepted =
  'image/jpeg,image/png,image/webp,image/tiff,image/avif,image/heic,image/heif,.heic,.heif,.cr2,.cr3,.nef,.arw,.dng,.raf,.orf,.rw2';

export function UploadButton({ listingId, label, variant = 'secondary' }: Props) {
  const { add } = useListingUploads(listingId);
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        accept={accepted}
        tabIndex={-1}
        aria-label="Photos to upload"
        className="hidden"
        onChange={({ target }) => {
          add(Array.from(target.files ?? []));
          // The same file may be chosen twice in a row.
          target.value = '';
        }}
      />
      <Button variant={variant} onClick={() => input.current?.click()}>
        <Upload />
        {label}
      </Button>
    </>
  );
}

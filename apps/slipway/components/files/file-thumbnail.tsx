'use client';

import { cn } from '@repo/ui/cn';
import { FileIcon } from '@repo/ui/file-icon';
import { useState } from 'react';
import type { FileRow } from '../../lib/trpc.ts';

const largest = 3 * 1024 * 1024;

/** Public pictures show themselves; the rest shows its kind. One element: there are many on a page. */
export function FileThumbnail({ row, className }: { row: FileRow; className: string }) {
  const [broken, setBroken] = useState(false);
  const shown =
    row.url !== null && /^image\/(png|jpeg|gif|webp|avif)$/.test(row.type) && row.size <= largest;
  if (!shown || broken) return <FileIcon type={row.type} className={className} />;
  return (
    // biome-ignore lint/performance/noImgElement: the bytes come from the storage, any host, unchanged
    <img
      src={row.url ?? ''}
      alt=""
      loading="lazy"
      decoding="async"
      className={cn('bg-muted object-cover', className, 'p-0')}
      onError={() => setBroken(true)}
    />
  );
}

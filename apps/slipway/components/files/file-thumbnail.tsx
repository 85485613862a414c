'use client';

import { cn } from '@repo/ui/cn';
import { FileIcon } from '@repo/ui/file-icon';
import { useEffect, useState } from 'react';
import type { FileRow } from '../../lib/trpc.ts';
import { thumbnailPath } from './file-links.ts';

/** Whoever only scrolls past a file does not ask for its picture. */
const PASSING_MS = 250;

/** Pictures that this page has shown: they are there at once when they come into sight again. */
const seen = new Set<string>();

/** A small picture of a picture; the rest shows its kind. One element: there are many on a page. */
export function FileThumbnail({ row, className }: { row: FileRow; className: string }) {
  const path = thumbnailPath(row);
  const [broken, setBroken] = useState<string>();
  const isWanted = useStays(path);
  if (path === null || broken === path || !isWanted)
    return <FileIcon type={row.type} className={className} />;
  return (
    // biome-ignore lint/performance/noImgElement: made by our own server in the size that is shown
    <img
      src={path}
      alt=""
      decoding="async"
      // The list itself goes before its pictures.
      fetchPriority="low"
      className={cn('bg-muted object-cover', className, 'p-0')}
      onLoad={() => seen.add(path)}
      onError={() => setBroken(path)}
    />
  );
}

/** Whether it was in sight for a moment. */
function useStays(path: string | null): boolean {
  const [stayed, setStayed] = useState<string>();
  useEffect(() => {
    if (path === null || seen.has(path)) return;
    const timer = setTimeout(() => setStayed(path), PASSING_MS);
    return () => clearTimeout(timer);
  }, [path]);
  return path !== null && (stayed === path || seen.has(path));
}

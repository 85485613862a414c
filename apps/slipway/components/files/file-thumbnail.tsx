'use client';

import { cn } from '@repo/ui/cn';
import { FileIcon } from '@repo/ui/file-icon';
import { useEffect, useState } from 'react';
import { thumbHashUrl } from 'slipway/client';
import type { FileRow } from '../../lib/trpc.ts';
import { thumbnailPaths } from './file-links.ts';

/** Whoever only scrolls past a file does not ask for its picture. */
const PASSING_MS = 250;

/** Pictures that this page has shown: they are there at once when they come into sight again. */
const seen = new Set<string>();

/** Placeholders by their hash: rows are drawn again with every line that is scrolled. */
const placeholders = new Map<string, string | undefined>();
const MOST_PLACEHOLDERS = 2_000;

type FileThumbnailProps = {
  row: FileRow;
  className: string;
  /** How wide it is shown: screens with more pixels get a larger picture where that shows. */
  wide?: number;
};

/** A small picture of a picture, blurred until it is there; the rest shows its kind. One element: there are many on a page. */
export function FileThumbnail({ row, className, wide = 32 }: FileThumbnailProps) {
  const paths = thumbnailPaths(row);
  const path = paths?.normal ?? null;
  const [broken, setBroken] = useState<string>();
  const isWanted = useStays(path);
  const placeholder = placeholderOf(row.thumbhash);
  if (paths === null || path === null || broken === path)
    return <FileIcon type={row.type} className={className} />;
  const style = placeholder && {
    style: { backgroundImage: `url(${placeholder})`, backgroundSize: 'cover' },
  };
  if (!isWanted) {
    if (!style) return <FileIcon type={row.type} className={className} />;
    return <span className={cn('block bg-center', className, 'p-0')} {...style} />;
  }
  return (
    // biome-ignore lint/performance/noImgElement: made by our own server in the size that is shown
    <img
      src={path}
      srcSet={`${path} 320w, ${paths.large} 640w`}
      sizes={`${wide}px`}
      alt=""
      decoding="async"
      // The list itself goes before its pictures.
      fetchPriority="low"
      className={cn('bg-center bg-muted object-cover', className, 'p-0')}
      {...style}
      onLoad={(event) => {
        seen.add(path);
        // It would show through what is transparent.
        event.currentTarget.style.backgroundImage = 'none';
      }}
      onError={() => setBroken(path)}
    />
  );
}

function placeholderOf(hash: string | null): string | undefined {
  if (hash === null) return undefined;
  if (!placeholders.has(hash)) {
    if (placeholders.size >= MOST_PLACEHOLDERS) placeholders.clear();
    placeholders.set(hash, thumbHashUrl(hash));
  }
  return placeholders.get(hash);
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

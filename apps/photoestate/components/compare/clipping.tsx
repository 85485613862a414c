'use client';

import { cn } from '@repo/ui/cn';
import { useEffect, useRef } from 'react';
import type { Analyst } from '../../lib/compare/analyst.ts';
import { useAnswer } from './use-analyst.ts';

/** Lost highlights red, lost shadows blue, over the picture that it is a child of. */
export function Clipping({ analyst, url }: { analyst: Analyst; url: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const answer = useAnswer(url, () => analyst.mask(url));
  const mask = answer && 'value' in answer ? answer.value : undefined;
  useEffect(() => {
    const { current } = canvas;
    if (!current || !mask) return;
    current.width = mask.width;
    current.height = mask.height;
    current.getContext('2d')?.drawImage(mask, 0, 0);
  }, [mask]);
  return (
    <canvas
      ref={canvas}
      data-clipping={mask ? 'shown' : undefined}
      // Until there is one of this picture, the last one's still stands in it.
      className={cn('absolute inset-0 size-full [image-rendering:pixelated]', !mask && 'invisible')}
    />
  );
}

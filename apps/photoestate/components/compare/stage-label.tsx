import { cn } from '@repo/ui/cn';
import type { ReactNode } from 'react';
import type { Box } from '../../lib/compare/view.ts';

type Props = {
  /** The part of the stage in whose upper corner it stands. */
  seen: Box;
  corner?: 'left' | 'right';
  hidden?: boolean;
  children: ReactNode;
};

const inset = 10;

/** Which picture is which, over the picture. */
export function StageLabel({ seen, corner = 'left', hidden = false, children }: Props) {
  const left = corner === 'left' ? seen.x + inset : seen.x + seen.width - inset;
  return (
    <span
      aria-hidden="true"
      className={cn(
        'pointer-events-none absolute max-w-[min(28rem,80%)] truncate rounded-sm bg-black/65 px-2 py-1 font-medium text-white text-xs transition-opacity motion-reduce:transition-none',
        corner === 'right' && '-translate-x-full',
        hidden && 'opacity-0',
      )}
      style={{ left, top: seen.y + inset }}
    >
      {children}
    </span>
  );
}

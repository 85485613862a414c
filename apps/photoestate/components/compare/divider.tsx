'use client';

import { cn } from '@repo/ui/cn';
import { ChevronsLeftRight } from 'lucide-react';
import type { Box } from '../../lib/compare/view.ts';

type Props = {
  x: number;
  seen: Box;
  ratio: number;
  hidden: boolean;
  names: { left: string; right: string };
};

/** "60 % Original at the left, 40 % Result at the right". */
function valueText(percent: number, { left, right }: Props['names']): string {
  if (percent >= 100) return `Only ${left}`;
  if (percent <= 0) return `Only ${right}`;
  return `${percent} % ${left} at the left, ${100 - percent} % ${right} at the right`;
}

/** The line between the sides. Its keys are bound with all others, in the scope `divider`. */
export function Divider({ x, seen, ratio, hidden, names }: Props) {
  const percent = Math.round(ratio * 100);
  return (
    <div
      className={cn('pointer-events-none absolute w-0', hidden && 'opacity-0')}
      style={{ transform: `translate(${x}px, ${seen.y}px)`, height: seen.height, top: 0, left: 0 }}
    >
      <div className="absolute inset-y-0 -left-px w-0.5 bg-white shadow-[0_0_3px_rgb(0_0_0/0.6)]" />
      <div
        role="slider"
        tabIndex={0}
        aria-label={`${names.left} and ${names.right}`}
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={valueText(percent, names)}
        data-keys="divider"
        data-divider
        className="pointer-events-auto absolute top-1/2 -left-5.5 flex size-11 -translate-y-1/2 cursor-ew-resize items-center justify-center rounded-full border border-black/20 bg-white text-neutral-800 shadow-dialog focus-visible:outline-3 focus-visible:outline-offset-2"
      >
        <ChevronsLeftRight aria-hidden="true" className="size-5" />
      </div>
    </div>
  );
}

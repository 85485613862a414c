'use client';

import { cn } from '@repo/ui/cn';

type Props = {
  address: string;
  chosen: boolean;
  onChoose: (reach: 'toggle' | 'range') => void;
  className?: string;
};

/** No stop of Tab: the keyboard chooses with X. */
export function ChooseBox({ address, chosen, onChoose, className }: Props) {
  return (
    <input
      type="checkbox"
      tabIndex={-1}
      aria-label={`Select ${address}`}
      aria-keyshortcuts="x"
      checked={chosen}
      readOnly
      onClick={(event) => onChoose(event.shiftKey ? 'range' : 'toggle')}
      className={cn(
        'size-5 cursor-default rounded-sm accent-(--primary) transition-opacity before:absolute before:-inset-2',
        className,
      )}
    />
  );
}

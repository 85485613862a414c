'use client';

import { cn } from '@repo/ui/cn';
import { Star } from 'lucide-react';

const all = [1, 2, 3, 4, 5];

type Props = { rating: number; onRate: (rating: number) => void };

/** Stars to be given; the one that is given already takes them all away. */
export function StarButtons({ rating, onRate }: Props) {
  return (
    <fieldset className="-ms-1 flex">
      <legend className="sr-only">Rating</legend>
      {all.map((stars) => (
        <button
          key={stars}
          type="button"
          aria-pressed={stars === rating}
          aria-label={stars === 1 ? '1 star' : `${stars} stars`}
          onClick={() => onRate(stars === rating ? 0 : stars)}
          className="flex size-7 items-center justify-center rounded-sm text-muted-foreground hover:text-foreground"
        >
          <Star
            aria-hidden="true"
            className={cn('size-4', stars <= rating && 'fill-current text-foreground')}
          />
        </button>
      ))}
    </fieldset>
  );
}

/** Stars as they were given, in one element; nothing where there are none. */
export function Stars({ rating, className }: { rating: number; className?: string }) {
  if (rating === 0) return null;
  return (
    <span
      aria-hidden="true"
      className={cn(
        'rounded-sm bg-black/65 px-1 text-[11px] text-white leading-4 tracking-wide',
        className,
      )}
    >
      {'★'.repeat(rating)}
    </span>
  );
}

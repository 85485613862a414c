'use client';

import { Star } from 'lucide-react';
import { useId } from 'react';

type Props = { stars: number; found: number; of: number };

const choices = [
  { stars: 0, label: 'All' },
  ...[1, 2, 3, 4].map((stars) => ({ stars, label: `${stars} +` })),
  { stars: 5, label: '5' },
];

/** Which scenes the strip shows; kept in the address. */
export function StarFilter({ stars, found, of }: Props) {
  const id = useId();
  const choose = (wanted: string) => {
    const query = new URLSearchParams(window.location.search);
    if (wanted === '0') query.delete('stars');
    else query.set('stars', wanted);
    window.history.replaceState(null, '', `${window.location.pathname}?${query}`);
  };
  return (
    <div className="flex w-18 shrink-0 flex-col items-center justify-center gap-1 border-r">
      <label htmlFor={id} className="sr-only">
        Show scenes with stars
      </label>
      <span className="relative inline-flex items-center">
        <Star
          aria-hidden="true"
          className={`pointer-events-none absolute left-1.5 size-3 ${stars > 0 ? 'fill-current' : 'text-muted-foreground'}`}
        />
        <select
          id={id}
          value={stars}
          onChange={({ target }) => choose(target.value)}
          className="h-7 appearance-none rounded-md border bg-card pr-1.5 pl-6 text-xs"
        >
          {choices.map((choice) => (
            <option key={choice.stars} value={choice.stars}>
              {choice.label}
            </option>
          ))}
        </select>
      </span>
      <span className="text-[11px] text-muted-foreground leading-4 tabular-nums">
        {stars > 0 ? `${found} of ${of}` : of}
      </span>
    </div>
  );
}

'use client';

import { Star } from 'lucide-react';
import { useId } from 'react';

const choices = [
  { stars: 0, label: 'All' },
  ...[1, 2, 3, 4].map((stars) => ({ stars, label: `${stars} +` })),
  { stars: 5, label: '5' },
];

/** Which scenes are shown, by their stars; kept in the address. */
export function StarFilter({ stars }: { stars: number }) {
  const id = useId();
  const choose = (wanted: string) => {
    const query = new URLSearchParams(window.location.search);
    if (wanted === '0') query.delete('stars');
    else query.set('stars', wanted);
    window.history.replaceState(null, '', `${window.location.pathname}?${query}`);
  };
  return (
    <span className="relative inline-flex items-center">
      <label htmlFor={id} className="sr-only">
        Show scenes with stars
      </label>
      <Star
        aria-hidden="true"
        className={`pointer-events-none absolute start-1.5 size-3 ${stars > 0 ? 'fill-current' : 'text-muted-foreground'}`}
      />
      <select
        id={id}
        value={stars}
        onChange={({ target }) => choose(target.value)}
        className="h-7 appearance-none rounded-md border bg-card pe-1.5 ps-6 text-xs"
      >
        {choices.map((choice) => (
          <option key={choice.stars} value={choice.stars}>
            {choice.label}
          </option>
        ))}
      </select>
    </span>
  );
}

import { cn } from '@repo/ui/cn';
import Link from 'next/link';
import type { SearchHit } from '../../lib/docs/search.ts';

interface SearchResultsProps {
  hits: readonly SearchHit[];
  selected: number;
  query: string;
  isLoading: boolean;
  close: () => void;
}

export function SearchResults({ hits, selected, query, isLoading, close }: SearchResultsProps) {
  return (
    <>
      <div id="search-results" role="listbox" aria-label="Results" className="p-2 empty:hidden">
        {hits.map(({ entry, excerpt }, index) => (
          <Link
            key={entry.href}
            id={`hit-${index}`}
            role="option"
            aria-selected={index === selected}
            tabIndex={-1}
            href={entry.href}
            onClick={close}
            className={cn(
              'block rounded-md px-3 py-2 hover:bg-muted',
              index === selected && 'bg-muted',
            )}
          >
            <span className="block font-medium text-sm">
              {entry.heading === '' ? entry.page : entry.heading}
              {entry.heading === '' ? null : (
                <span className="font-normal text-muted-foreground"> · {entry.page}</span>
              )}
            </span>
            <span className="line-clamp-1 text-muted-foreground text-sm">{excerpt}</span>
          </Link>
        ))}
      </div>
      <p
        aria-live="polite"
        className={cn('px-5 py-6 text-muted-foreground', hits.length > 0 && 'sr-only')}
      >
        {isLoading ? 'Loading…' : countWords(hits.length, query)}
      </p>
    </>
  );
}

function countWords(count: number, query: string): string {
  if (query.trim() === '') return '';
  return count === 0 ? `Nothing has “${query}”.` : `${count} results`;
}

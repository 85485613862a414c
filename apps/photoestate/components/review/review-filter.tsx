'use client';

import { Button, buttonVariants } from '@repo/ui/button';
import { ScanEye } from '@repo/ui/icons';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { counted } from '../../lib/listing-status.ts';
import type { Scene } from '../../lib/trpc.ts';

export function isInReview({ result }: Scene): boolean {
  return result?.review?.state === 'flagged';
}

/** In the address, so that a link shows the same. */
export function useOnly(which: 'review' | 'requests'): [boolean, (only: boolean) => void] {
  const params = useSearchParams();
  const set = (only: boolean) => {
    const query = new URLSearchParams(params);
    if (only) query.set('show', which);
    else query.delete('show');
    const text = query.toString();
    window.history.replaceState(null, '', text ? `?${text}` : window.location.pathname);
  };
  return [params.get('show') === which, set];
}

type Props = {
  scenes: readonly Scene[];
  listingId: string;
  only: boolean;
  onChange: (only: boolean) => void;
};

/** Says how many scenes need review, and shows them alone. */
export function ReviewFilter({ scenes, listingId, only, onChange }: Props) {
  const count = scenes.filter(isInReview).length;
  if (count === 0) return null;
  return (
    <section
      aria-label="Review"
      className="mt-4 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border bg-card px-4 py-2.5"
    >
      <ScanEye aria-hidden="true" className="size-4 shrink-0 text-warning" />
      <p className="min-w-0 flex-1 basis-56 text-sm">
        {counted(count, 'scene')} came out below what we would hand over.{' '}
        <span className="text-muted-foreground">
          {count === 1 ? 'It is' : 'They are'} not delivered until somebody accepts{' '}
          {count === 1 ? 'it' : 'them'}.
        </span>
      </p>
      <Button size="sm" aria-pressed={only} onClick={() => onChange(!only)}>
        {only ? 'Show all scenes' : 'Show only these'}
      </Button>
      <Link
        href={`/review?listing=${listingId}`}
        className={buttonVariants({ size: 'sm', variant: 'primary' })}
      >
        Review
      </Link>
    </section>
  );
}

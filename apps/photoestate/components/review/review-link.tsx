'use client';

import { buttonVariants } from '@repo/ui/button';
import { ScanEye } from '@repo/ui/icons';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTRPC } from '../../lib/trpc.ts';

/** In the top bar while something needs review. */
export function ReviewLink() {
  const trpc = useTRPC();
  const list = useQuery(
    trpc.review.list.queryOptions({}, { refetchInterval: 60_000, staleTime: 30_000 }),
  );
  const count = list.data?.items.length ?? 0;
  if (count === 0) return null;
  return (
    <Link href="/review" className={buttonVariants({ variant: 'ghost', className: 'max-sm:px-2' })}>
      <ScanEye />
      <span className="max-sm:sr-only">Review</span>
      <span className="rounded-full bg-warning-soft px-1.5 text-warning text-xs tabular-nums leading-5">
        {count}
        {list.data?.hasMore ? '+' : ''}
      </span>
      <span className="sr-only">{count === 1 ? 'photo needs it' : 'photos need it'}</span>
    </Link>
  );
}

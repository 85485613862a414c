import { Alert } from '@repo/ui/alert';
import Link from 'next/link';
import { counted } from '../../lib/listing-status.ts';
import type { DeliveriesOfListing } from '../../lib/trpc.ts';

type Props = { listingId: string; unfinished: DeliveriesOfListing['unfinished'] };

/** What of the shoot is not among the photos below, said before a link without it is sent. */
export function UnfinishedNotice({ listingId, unfinished }: Props) {
  const { review, working, failed, untouched } = unfinished;
  const total = review + working + failed + untouched;
  if (total === 0) return null;
  const others = [
    working > 0 ? `${counted(working, 'scene')} ${working === 1 ? 'is' : 'are'} being made` : '',
    failed > 0 ? `${counted(failed, 'scene')} failed` : '',
    untouched > 0
      ? `${counted(untouched, 'scene')} ${untouched === 1 ? 'is' : 'are'} not enhanced`
      : '',
  ].filter(Boolean);
  return (
    <Alert tone="warning" title="Not all of this shoot is finished">
      <ul className="flex flex-col gap-x-6 gap-y-1 sm:flex-row sm:flex-wrap">
        {review > 0 ? (
          <li>
            {counted(review, 'scene')} {review === 1 ? 'needs' : 'need'} review.{' '}
            <NoticeLink href={`/review?listing=${listingId}`}>Review now</NoticeLink>
          </li>
        ) : null}
        {others.length > 0 ? (
          <li>
            {others.join(', ')}.{' '}
            <NoticeLink href={`/listings/${listingId}`}>To the scenes</NoticeLink>
          </li>
        ) : null}
      </ul>
    </Alert>
  );
}

function NoticeLink({ href, children }: { href: string; children: string }) {
  return (
    <Link href={href} className="rounded-sm font-medium underline underline-offset-4">
      {children}
    </Link>
  );
}

'use client';

import { cn } from '@repo/ui/cn';
import { useQuery } from '@tanstack/react-query';
import { counted } from '../../lib/listing-status.ts';
import { type Adjustments, type Preset, useTRPC } from '../../lib/trpc.ts';

/** What is to be enhanced: a whole listing, a selection, or one scene of it. */
export type Priced = { listingId: string; sceneId?: string; sceneIds?: string[] };

type Props = Priced & {
  preset: Preset;
  adjustments: Adjustments;
  lookName?: string | null;
  ownSettings?: boolean;
  className?: string;
};

/** What a look costs here, before it is chosen. */
export function Cost({ className, ...of }: Props) {
  const trpc = useTRPC();
  const quote = useQuery(trpc.enhancement.quote.queryOptions(of));
  const { data } = quote;
  const short = data !== undefined && data.credits > data.available;
  return (
    <span
      className={cn(
        'block min-h-4 text-muted-foreground text-xs tabular-nums leading-4',
        short && 'text-danger',
        className,
      )}
    >
      {data === undefined ? (quote.isError ? 'The cost is not known' : '…') : words(data)}
    </span>
  );
}

function words(quote: { scenes: number; credits: number; available: number }): string {
  const { scenes, credits, available } = quote;
  if (scenes === 0) return 'Nothing to do: it is finished';
  const free = credits === 0 ? 'Free, these photos are paid' : '';
  const price = credits > available ? `, ${available} left` : '';
  return free || `${counted(credits, 'credit')}${price}`;
}

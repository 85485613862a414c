'use client';

import { Button } from '@repo/ui/button';
import { formatNumber } from '@repo/ui/format';
import { Coins } from '@repo/ui/icons';
import { skipToken, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTRPC } from '../../lib/trpc.ts';
import { useOrganization } from './use-organization.ts';

/** Results settle while a page is open, and others spend too. */
const REFRESH_MS = 20_000;

/** What may be spent, in the top bar; on phones the account's menu leads there. */
export function BalanceLink() {
  const trpc = useTRPC();
  const { organizationId } = useOrganization();
  const credits = useQuery(
    trpc.credit.get.queryOptions(organizationId === undefined ? skipToken : { organizationId }, {
      refetchInterval: REFRESH_MS,
    }),
  );
  // Clients see no credits.
  if (credits.isError && !credits.data) return null;
  const available = credits.data?.available;
  const text = available === undefined ? '–' : formatNumber(available);
  return (
    <Button asChild variant="ghost" size="sm" className="tabular-nums max-sm:hidden">
      <Link
        href="/credits"
        aria-label={available === undefined ? 'Credits' : `Credits: ${text}`}
        title="Credits"
      >
        <Coins />
        <span className="min-w-6 text-right">{text}</span>
      </Link>
    </Button>
  );
}

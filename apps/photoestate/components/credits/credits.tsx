'use client';

import { EmptyState } from '@repo/ui/empty-state';
import { formatDate, formatNumber } from '@repo/ui/format';
import { PageHeader } from '@repo/ui/page-header';
import { Select } from '@repo/ui/select';
import { Skeleton } from '@repo/ui/skeleton';
import { skipToken, useQuery } from '@tanstack/react-query';
import { Coins } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { counted } from '../../lib/listing-status.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { LoadFailed } from '../load-failed.tsx';
import { ExportCredits } from './export-credits.tsx';
import { Ledger } from './ledger.tsx';
import { Spending } from './spending.tsx';
import { useOrganization } from './use-organization.ts';

const RANGES = [7, 30, 90, 365] as const;
type Range = (typeof RANGES)[number];

/** What there is to spend, and who spent what on which listing and when. */
export function Credits() {
  const trpc = useTRPC();
  const { me, organizationId } = useOrganization();
  const [days, setDays] = useState<Range>(30);
  const credits = useQuery(
    trpc.credit.get.queryOptions(organizationId === undefined ? skipToken : { organizationId }),
  );
  const usage = useQuery(
    trpc.credit.usage.queryOptions(
      organizationId === undefined ? skipToken : { organizationId, days },
      { placeholderData: (before) => before },
    ),
  );
  const failed = [me, credits, usage].filter(({ error, data }) => error && !data);
  if (failed.length > 0) return <LoadFailed title="Credits could not be loaded" queries={failed} />;
  const expiry = credits.data?.nextExpiry;
  return (
    <div className="mx-auto flex max-w-5xl flex-col gap-6 px-4 py-6 sm:px-6 sm:py-8">
      <PageHeader
        title="Credits"
        description="One credit makes one finished photo. Other looks of the same photos are free, and what fails gives its credit back."
        actions={organizationId ? <ExportCredits organizationId={organizationId} /> : null}
      />
      <dl className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        <Figure label="To spend" value={credits.data?.available}>
          {expiry ? `${formatNumber(expiry.credits)} expire on ${formatDate(expiry.at)}` : null}
        </Figure>
        <Figure label="Held by work under way" value={credits.data?.reserved} />
        <Figure label={`Spent in ${days} days`} value={usage.data?.total} />
        <Figure
          label="Lasts at this pace"
          value={credits.data && usage.data && pace(credits.data.available, usage.data.total, days)}
        />
      </dl>
      {credits.data?.available === 0 ? (
        <EmptyState
          icon={<Coins />}
          title="No credits left"
          description="New photos cannot be enhanced. Ask whoever runs this installation for more; what is finished stays, and other looks of it are still free."
          className="rounded-lg border py-8"
        />
      ) : null}
      <div className="flex items-center justify-between gap-3">
        <h2 className="font-semibold text-base">Spent</h2>
        <Select
          aria-label="Time"
          className="w-36"
          value={days}
          onChange={({ target }) =>
            setDays(RANGES.find((each) => each === Number(target.value)) ?? 30)
          }
        >
          {RANGES.map((range) => (
            <option key={range} value={range}>{`${range} days`}</option>
          ))}
        </Select>
      </div>
      {usage.data ? <Spending usage={usage.data} /> : <Skeleton className="h-72 rounded-lg" />}
      {organizationId ? <Ledger organizationId={organizationId} /> : null}
    </div>
  );
}

/** Nobody counts on more days than that. */
const LONG_DAYS = 3_650;

function pace(available: number, spent: number, days: number): string {
  if (spent <= 0) return '–';
  const left = Math.floor((available * days) / spent);
  return left > LONG_DAYS ? 'Over 10 years' : counted(left, 'day');
}

type FigureProps = { label: string; value: number | string | undefined; children?: ReactNode };

function Figure({ label, value, children }: FigureProps) {
  const text = typeof value === 'number' ? formatNumber(value) : value;
  return (
    <div className="rounded-lg border bg-card px-4 py-3">
      <dt className="text-muted-foreground text-xs">{label}</dt>
      <dd className="mt-1">
        {text === undefined ? (
          <Skeleton className="h-7 w-16" />
        ) : (
          <span className="block font-semibold text-xl tabular-nums leading-7">{text}</span>
        )}
        {children ? <span className="block text-muted-foreground text-xs">{children}</span> : null}
      </dd>
    </div>
  );
}

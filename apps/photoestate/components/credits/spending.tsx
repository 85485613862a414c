'use client';

import { Card, CardBody, CardHeader } from '@repo/ui/card';
import { formatNumber } from '@repo/ui/format';
import Link from 'next/link';
import type { ReactNode } from 'react';

type Usage = {
  members: readonly { id: string; name: string; credits: number }[];
  listings: readonly { id: string; address: string | null; credits: number }[];
  days: readonly { date: string; credits: number }[];
};

const HEIGHT = 80;
const SLOT = 10;

/** By day, member and listing. */
export function Spending({ usage: { days, members, listings } }: { usage: Usage }) {
  const isUnspent = days.every(({ credits }) => credits === 0);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 md:grid-cols-2">
      <Card aria-labelledby="by-day" className="md:col-span-2">
        <CardHeader title="By day" titleId="by-day" description="Days in UTC." />
        <CardBody>{isUnspent ? <Amounts rows={[]} /> : <Days days={days} />}</CardBody>
      </Card>
      <Card aria-labelledby="by-member">
        <CardHeader title="By member" titleId="by-member" />
        <CardBody>
          <Amounts rows={members} />
        </CardBody>
      </Card>
      <Card aria-labelledby="by-listing">
        <CardHeader title="By listing" titleId="by-listing" />
        <CardBody>
          <Amounts
            rows={listings.map(({ id, address, credits }) => ({
              id,
              credits,
              name:
                address === null ? (
                  'A deleted listing'
                ) : (
                  <Link href={`/listings/${id}`} className="hover:underline">
                    {address}
                  </Link>
                ),
            }))}
          />
        </CardBody>
      </Card>
    </div>
  );
}

/** A bar for each day, and the same in words. */
function Days({ days }: Pick<Usage, 'days'>) {
  const most = Math.max(1, ...days.map(({ credits }) => credits));
  const spent = days.filter(({ credits }) => credits !== 0);
  return (
    <>
      <svg
        aria-hidden="true"
        viewBox={`0 0 ${days.length * SLOT} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-24 w-full border-b"
      >
        {days.map(({ date, credits }, index) => (
          <rect
            key={date}
            x={index * SLOT + 1}
            y={HEIGHT - (Math.max(0, credits) / most) * HEIGHT}
            width={SLOT - 2}
            height={(Math.max(0, credits) / most) * HEIGHT}
            className="fill-primary"
          >
            <title>{`${date}: ${credits}`}</title>
          </rect>
        ))}
      </svg>
      <p
        aria-hidden="true"
        className="mt-1 flex justify-between text-muted-foreground text-xs tabular-nums"
      >
        <span>{days[0]?.date}</span>
        <span>{days.at(-1)?.date}</span>
      </p>
      <Amounts
        className="sr-only"
        rows={spent.map(({ date, credits }) => ({ id: date, name: date, credits }))}
      />
    </>
  );
}

type AmountsProps = {
  rows: readonly { id: string; name: ReactNode; credits: number }[];
  className?: string;
};

function Amounts({ rows, className }: AmountsProps) {
  if (rows.length === 0) {
    return <p className={className ?? 'text-muted-foreground text-sm'}>Nothing was spent.</p>;
  }
  return (
    <ul className={className ?? 'flex flex-col divide-y text-sm'}>
      {rows.map(({ id, name, credits }) => (
        <li key={id} className="flex items-baseline justify-between gap-4 py-1.5">
          <span className="min-w-0 truncate">{name}</span>
          <span className="tabular-nums">{formatNumber(credits)}</span>
        </li>
      ))}
    </ul>
  );
}

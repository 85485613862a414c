'use client';

import { Avatar } from '@repo/ui/avatar';
import { Card, CardHeader } from '@repo/ui/card';
import { CopyButton } from '@repo/ui/copy-button';
import { PageHeader } from '@repo/ui/page-header';
import { Skeleton } from '@repo/ui/skeleton';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { useTRPC } from '../../lib/trpc.ts';
import { roleLabel } from '../members/role-words.ts';
import { Problem } from '../panel/problem.tsx';
import { PlanCard } from '../usage/plan-card.tsx';
import { PlanForm } from './plan-form.tsx';

/** What one organization uses, and what it may use. */
export function AdminOrganization({ organizationId }: { organizationId: string }) {
  const trpc = useTRPC();
  const found = useQuery(trpc.installation.organization.queryOptions({ organizationId }));
  const { data } = found;
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-col gap-3">
        <Link
          href="/admin"
          className="flex min-h-6 w-fit items-center gap-1.5 text-muted-foreground text-sm hover:text-foreground [&_svg]:size-4"
        >
          <ArrowLeft aria-hidden="true" />
          All organizations
        </Link>
        <PageHeader
          title={data?.name ?? <Skeleton className="my-0.5 h-6 w-48" />}
          description={
            <span className="-my-1 flex items-center gap-1">
              <code className="truncate font-mono text-xs">{organizationId}</code>
              <CopyButton
                value={organizationId}
                label="Copy organization id"
                className="text-muted-foreground"
              />
            </span>
          }
        />
      </div>
      {found.isError && !data ? (
        <Problem query={found} what="The organization" className="rounded-lg border" />
      ) : data ? (
        <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <PlanForm
            key={JSON.stringify([data.isAssigned, data.usage.plan.name, data.limits])}
            organization={data}
          />
          <div className="flex flex-col gap-6">
            <PlanCard usage={data.usage} />
            <People members={data.members} />
          </div>
        </div>
      ) : (
        <div aria-busy="true" className="grid gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <Skeleton className="h-128 rounded-lg" />
          <Skeleton className="h-80 rounded-lg" />
        </div>
      )}
    </div>
  );
}

type Person = {
  userId: string;
  name: string;
  email: string;
  role: Parameters<typeof roleLabel>[0];
};

function People({ members }: { members: readonly Person[] }) {
  return (
    <Card aria-labelledby="people-title">
      <CardHeader titleId="people-title" title="Members" />
      {members.length === 0 ? (
        <p className="px-5 pb-5 text-muted-foreground text-sm">
          Nobody: a setup made it, or it was deleted and its files are being erased.
        </p>
      ) : (
        <ul className="divide-y border-t">
          {members.map(({ userId, name, email, role }) => (
            <li key={userId} className="flex items-center gap-3 px-5 py-3">
              <Avatar name={name} className="size-7" />
              <div className="min-w-0 flex-1">
                <p className="truncate font-medium text-sm">{name}</p>
                <p className="truncate text-muted-foreground text-xs">{email}</p>
              </div>
              <span className="text-muted-foreground text-sm">{roleLabel(role)}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

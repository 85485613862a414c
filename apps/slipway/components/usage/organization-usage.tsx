'use client';

import { PageHeader } from '@repo/ui/page-header';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../lib/trpc.ts';
import { PlanCard } from './plan-card.tsx';
import { DaysCard, UsageProblem, UsageSkeleton } from './usage-frame.tsx';

/** What all projects of an organization use of its plan. */
export function OrganizationUsagePanel({ organizationId }: { organizationId: string }) {
  const trpc = useTRPC();
  const usage = useQuery(
    trpc.usage.organization.queryOptions({ organizationId }, { refetchInterval: 10_000 }),
  );
  if (!usage.data) {
    if (!usage.isError) return <UsageSkeleton />;
    const retry = () => void usage.refetch();
    return <UsageProblem error={usage.error} onRetry={retry} busy={usage.isFetching} />;
  }
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title="Plan and usage"
        description="What all projects of the organization use, at this moment."
      />
      <PlanCard usage={usage.data} />
      <DaysCard days={usage.data.days} />
    </div>
  );
}

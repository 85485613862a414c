'use client';

import { Card, CardBody, CardHeader } from '@repo/ui/card';
import { formatBytes, formatNumber } from '@repo/ui/format';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../lib/trpc.ts';
import { PlanCard } from './plan-card.tsx';
import { QuotaRow } from './quota-row.tsx';
import { UploadersCard } from './uploaders-card.tsx';
import { DaysCard, UsageProblem, UsageSkeleton } from './usage-frame.tsx';

/** What a project uses, beside what its rules and its organization's plan allow. */
export function ProjectUsagePanel({ projectId }: { projectId: string }) {
  const trpc = useTRPC();
  const usage = useQuery(
    trpc.usage.project.queryOptions({ projectId }, { refetchInterval: 10_000 }),
  );
  if (!usage.data) {
    if (!usage.isError) return <UsageSkeleton />;
    const retry = () => void usage.refetch();
    return <UsageProblem error={usage.error} onRetry={retry} busy={usage.isFetching} />;
  }
  const { project, organization } = usage.data;
  return (
    <div className="flex flex-col gap-6">
      <Card aria-labelledby="project-usage-title">
        <CardHeader
          titleId="project-usage-title"
          title="This project"
          description="Its limits are the rules of the project; they count uploads on their way."
        />
        <CardBody>
          <ul className="flex flex-col divide-y">
            <QuotaRow label="Files" {...project.files} format={formatNumber} />
            <QuotaRow label="Storage" {...project.bytes} format={formatBytes} />
            <QuotaRow
              label="Uploads this month"
              used={project.monthlyUploads}
              format={formatNumber}
            />
            <QuotaRow
              label="Bytes uploaded this month"
              used={project.monthlyBytes}
              format={formatBytes}
            />
          </ul>
        </CardBody>
      </Card>
      <DaysCard days={project.days} />
      <UploadersCard projectId={projectId} />
      <PlanCard usage={organization} />
    </div>
  );
}

import { Badge } from '@repo/ui/badge';
import { Card, CardBody, CardHeader } from '@repo/ui/card';
import { formatBytes, formatNumber } from '@repo/ui/format';
import type { PlanUsage } from '../../lib/trpc.ts';
import { QuotaRow } from './quota-row.tsx';

const date = (iso: string, days = 0) =>
  new Date(Date.parse(iso) + days * 86_400_000).toISOString().slice(0, 10);

/** What the plan of an organization allows, and what all its projects use of it. */
export function PlanCard({ usage }: { usage: PlanUsage }) {
  const { plan, period, projects, storageBytes, monthlyUploads, monthlyBytes, fileBytes } = usage;
  const size = fileBytes === null ? 'any size' : `up to ${formatBytes(fileBytes)}`;
  return (
    <Card aria-labelledby="plan-title">
      <CardHeader
        titleId="plan-title"
        title="Plan of the organization"
        description={`All its projects together. This month runs from ${date(period.from)} to ${date(period.to, -1)} (UTC); one file may have ${size}.`}
        actions={<Badge>{plan.title}</Badge>}
      />
      <CardBody>
        <ul className="flex flex-col divide-y">
          <QuotaRow label="Projects" {...projects} format={formatNumber} />
          <QuotaRow label="Storage" {...storageBytes} format={formatBytes} />
          <QuotaRow label="Uploads this month" {...monthlyUploads} format={formatNumber} />
          <QuotaRow label="Bytes uploaded this month" {...monthlyBytes} format={formatBytes} />
        </ul>
      </CardBody>
    </Card>
  );
}

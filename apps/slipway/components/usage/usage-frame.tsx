import { Button } from '@repo/ui/button';
import { Card, CardBody, CardHeader } from '@repo/ui/card';
import { ErrorState } from '@repo/ui/error-state';
import { Skeleton } from '@repo/ui/skeleton';
import { Download } from 'lucide-react';
import { describeError } from '../../lib/trpc.ts';
import { DaysChart } from './days-chart.tsx';

export function UsageProblem(props: { error: unknown; onRetry: () => void; busy: boolean }) {
  const { message, requestId } = describeError(props.error);
  return (
    <ErrorState
      title="Usage could not be loaded"
      message={message}
      requestId={requestId}
      onRetry={props.onRetry}
      retrying={props.busy}
      className="rounded-lg border"
    />
  );
}

export function UsageSkeleton() {
  return (
    <div aria-busy="true" className="flex flex-col gap-6">
      <Skeleton className="h-56 rounded-lg" />
      <Skeleton className="h-80 rounded-lg" />
      <Skeleton className="h-72 rounded-lg" />
    </div>
  );
}

/** The same numbers, for a spreadsheet. */
function csvOf(days: Parameters<typeof DaysChart>[0]['days']): string {
  const lines = days.map(({ date, uploads, uploadedBytes }) =>
    [date, uploads, uploadedBytes].join(','),
  );
  const text = ['date,uploads,uploaded_bytes', ...lines, ''].join('\r\n');
  return `data:text/csv;charset=utf-8,${encodeURIComponent(text)}`;
}

export function DaysCard(props: Parameters<typeof DaysChart>[0]) {
  return (
    <Card aria-labelledby="days-title">
      <CardHeader
        titleId="days-title"
        title="The last 30 days"
        description="Files that got ready, by day (UTC), those included that are deleted by now."
        actions={
          <Button asChild size="sm">
            <a href={csvOf(props.days)} download="slipway-usage.csv">
              <Download />
              CSV
            </a>
          </Button>
        }
      />
      <CardBody>
        <DaysChart {...props} />
      </CardBody>
    </Card>
  );
}

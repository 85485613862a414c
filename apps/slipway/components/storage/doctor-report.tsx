'use client';

import { Alert } from '@repo/ui/alert';
import { Badge } from '@repo/ui/badge';
import { Button } from '@repo/ui/button';
import { cn } from '@repo/ui/cn';
import { CodeBlock } from '@repo/ui/code-block';
import {
  ChevronRight,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  TriangleAlert,
  Wrench,
} from 'lucide-react';
import type { DoctorReport } from '../../lib/trpc.ts';

type Check = DoctorReport['checks'][number];

const looks = {
  problem: { icon: CircleAlert, word: 'Problem', colour: 'text-danger', tone: 'danger' },
  warning: { icon: TriangleAlert, word: 'Warning', colour: 'text-warning', tone: 'warning' },
  ok: { icon: CircleCheck, word: 'Fine', colour: 'text-success', tone: null },
  not_checked: {
    icon: CircleDashed,
    word: 'Not checked',
    colour: 'text-muted-foreground',
    tone: 'neutral',
  },
} as const;

type Props = {
  report: DoctorReport;
  /** Has the doctor mend what it can; absent where nothing may be changed. */
  onMend?: () => void;
};

/** What the doctor found: first what is wrong and how to mend it, then the rest, folded away. */
export function DoctorReportView({ report, onMend }: Props) {
  const of = (outcome: Check['outcome']) =>
    report.checks.filter((check) => check.outcome === outcome);
  const wrong = [...of('problem'), ...of('warning')];
  const rest = report.checks.filter((check) => !wrong.includes(check));
  const mendable = wrong.filter(({ id }) => isMendable(id)).length;
  return (
    <div className="flex flex-col gap-4">
      <Summary report={report} />
      {onMend && mendable > 0 ? (
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 text-sm">
          <p className="min-w-0 flex-1 basis-60">
            {plural(mendable, 'of these is', 'of these are')} a matter of the bucket’s
            configuration, which the doctor can change.
          </p>
          <Button onClick={onMend}>
            <Wrench />
            Mend CORS and lifecycle
          </Button>
        </div>
      ) : null}
      {wrong.length > 0 ? (
        <ul className="flex flex-col divide-y rounded-md border">
          {wrong.map((check) => (
            <CheckItem key={check.id} check={check} />
          ))}
        </ul>
      ) : null}
      {rest.length > 0 ? (
        <details className="group rounded-md border">
          <summary className="flex cursor-default items-center gap-2 rounded-md px-3 py-2 text-sm hover:bg-muted">
            <ChevronRight
              aria-hidden="true"
              className="size-4 text-muted-foreground transition-transform group-open:rotate-90"
            />
            {wrong.length > 0 ? 'The other checks' : 'All checks'}
            <span className="ml-auto text-muted-foreground tabular-nums">{rest.length}</span>
          </summary>
          <ul className="flex flex-col divide-y border-t">
            {rest.map((check) => (
              <CheckItem key={check.id} check={check} />
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  );
}

/** Configuration that can be written as it should be; what else is wrong is up to the bucket's owner. */
const isMendable = (id: string) => id.startsWith('cors_') || id === 'lifecycle';

function Summary({ report: { checks, mended } }: { report: DoctorReport }) {
  const count = (outcome: Check['outcome']) =>
    checks.filter((check) => check.outcome === outcome).length;
  const [problems, warnings] = [count('problem'), count('warning')];
  const more = mended.length > 0 ? `Mended: ${mended.length}. ` : '';
  if (problems > 0) {
    return (
      <Alert
        tone="danger"
        live
        title={[
          plural(problems, 'problem'),
          ...(warnings > 0 ? [plural(warnings, 'warning')] : []),
        ].join(', ')}
      >
        {more}Uploads would fail, or could not be trusted, until this is mended.
      </Alert>
    );
  }
  if (warnings > 0) {
    return (
      <Alert
        tone="warning"
        live
        title={`The bucket can be used, with ${plural(warnings, 'warning')}`}
      >
        {more}Slipway has a way around each of them, which costs something.
      </Alert>
    );
  }
  return (
    <Alert tone="success" live title="The bucket is fine">
      {more}
      {plural(count('ok'), 'check')} passed.
    </Alert>
  );
}

const plural = (count: number, one: string, many = `${one}s`) =>
  `${count} ${count === 1 ? one : many}`;

function CheckItem({ check }: { check: Check }) {
  const { icon: Icon, word, colour, tone } = looks[check.outcome];
  return (
    <li className="flex gap-2.5 px-3 py-2.5 text-sm">
      <Icon aria-hidden="true" className={cn('mt-0.5 size-4 shrink-0', colour)} />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          {check.title}
          {tone === null ? (
            <span className="sr-only">{word}</span>
          ) : (
            <Badge tone={tone}>{word}</Badge>
          )}
        </p>
        <p className="text-muted-foreground [overflow-wrap:anywhere]">{check.found}</p>
        {check.remedy === null ? null : (
          <>
            <p className="[overflow-wrap:anywhere]">{check.remedy.text}</p>
            {check.remedy.code === undefined ? null : (
              <CodeBlock code={check.remedy.code} wrap className="mt-1" />
            )}
          </>
        )}
      </div>
    </li>
  );
}

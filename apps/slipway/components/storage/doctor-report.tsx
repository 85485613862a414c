'use client';

import { Alert } from '@repo/ui/alert';
import { cn } from '@repo/ui/cn';
import { CodeBlock } from '@repo/ui/code-block';
import { ChevronRight, CircleAlert, CircleCheck, CircleDashed, TriangleAlert } from 'lucide-react';
import type { DoctorReport } from '../../lib/trpc.ts';

type Check = DoctorReport['checks'][number];

const looks = {
  problem: { icon: CircleAlert, word: 'Problem', colour: 'text-danger' },
  warning: { icon: TriangleAlert, word: 'Warning', colour: 'text-warning' },
  ok: { icon: CircleCheck, word: 'Fine', colour: 'text-success' },
  not_checked: { icon: CircleDashed, word: 'Not checked', colour: 'text-muted-foreground' },
} as const;

/** What the doctor found: first what is wrong and how to mend it, then the rest, folded away. */
export function DoctorReportView({ report }: { report: DoctorReport }) {
  const wrong = report.checks.filter(
    ({ outcome }) => outcome === 'problem' || outcome === 'warning',
  );
  const rest = report.checks.filter((check) => !wrong.includes(check));
  return (
    <div className="flex flex-col gap-4">
      <Summary report={report} />
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

function Summary({ report: { checks, mended } }: { report: DoctorReport }) {
  const count = (outcome: Check['outcome']) =>
    checks.filter((check) => check.outcome === outcome).length;
  const [problems, warnings] = [count('problem'), count('warning')];
  const more = mended.length > 0 ? `Mended: ${mended.length}. ` : '';
  if (problems > 0) {
    return (
      <Alert tone="danger" live title={plural(problems, 'problem')}>
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

const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;

function CheckItem({ check }: { check: Check }) {
  const { icon: Icon, word, colour } = looks[check.outcome];
  return (
    <li className="flex gap-2.5 px-3 py-2.5 text-sm">
      <Icon aria-hidden="true" className={cn('mt-0.5 size-4 shrink-0', colour)} />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p className="font-medium">
          <span className={cn('sr-only', check.outcome === 'not_checked' && 'not-sr-only')}>
            {word}:{' '}
          </span>
          {check.title}
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

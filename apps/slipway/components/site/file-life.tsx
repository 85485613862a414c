import { cn } from '@repo/ui/cn';
import { StatusChip } from '@repo/ui/status-chip';
import { ArrowRight } from 'lucide-react';

const steps = [
  { status: 'pending', text: 'A signed URL waits for exactly this file.' },
  { status: 'verifying', text: 'The bytes have arrived and are being looked into.' },
  { status: 'ready', text: 'There, whole, of its type, and fixed for good.' },
] as const;

/** A file's life, with the chips that the dashboard uses. */
export function FileLife({ className }: { className?: string }) {
  return (
    <div className={cn('overflow-hidden rounded-lg border', className)}>
      <ol className="grid md:grid-cols-3">
        {steps.map(({ status, text }, index) => (
          <li
            key={status}
            className="relative p-5 not-first:border-t md:not-first:border-t-0 md:not-first:border-l"
          >
            {index > 0 ? (
              <span
                aria-hidden="true"
                className="absolute top-1/2 -left-3 hidden size-6 -translate-y-1/2 items-center justify-center rounded-full border bg-card text-muted-foreground md:flex"
              >
                <ArrowRight className="size-3.5" />
              </span>
            ) : null}
            <StatusChip status={status} />
            <p className="mt-3 text-muted-foreground leading-6">{text}</p>
          </li>
        ))}
      </ol>
      <p className="flex flex-wrap items-center gap-2 border-t bg-background px-5 py-3 text-muted-foreground text-sm">
        Or it ends, with the reason:
        <StatusChip status="rejected" />
        <StatusChip status="failed" />
        <StatusChip status="expired" />
      </p>
    </div>
  );
}

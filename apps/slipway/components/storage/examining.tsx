import { Spinner } from '@repo/ui/spinner';

/** While the doctor is at it. */
export function Examining() {
  return (
    <p role="status" className="flex items-center gap-2.5 text-muted-foreground text-sm">
      <Spinner className="size-4 shrink-0" />
      The doctor tries some twenty things with the bucket. This takes a few seconds, and nothing of
      it stays there.
    </p>
  );
}

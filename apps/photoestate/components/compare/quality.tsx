import { TriangleAlert } from 'lucide-react';
import { Fragment } from 'react';
import type { Quality } from '../../lib/quality.ts';

/** The report that a result carries: what was measured on it, faults marked. */
export function QualityList({ lines }: { lines: readonly Quality[] }) {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm tabular-nums [&_dd]:text-end [&_dt]:text-muted-foreground">
      {lines.map(({ label, value, isFault }) => (
        <Fragment key={label}>
          <dt>{label}</dt>
          <dd
            className={isFault ? 'flex items-center justify-end gap-1.5 text-warning' : undefined}
          >
            {isFault ? (
              <TriangleAlert aria-label="Below the threshold" className="size-3.5" />
            ) : null}
            {value}
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}

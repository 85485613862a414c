'use client';

import { formatBytes, formatNumber } from '@repo/ui/format';
import { useState } from 'react';

interface Day {
  date: string;
  uploads: number;
  uploadedBytes: number;
}

const MEASURES = {
  uploads: { label: 'Uploads', of: (day: Day) => day.uploads, format: formatNumber },
  bytes: { label: 'Bytes', of: (day: Day) => day.uploadedBytes, format: formatBytes },
} as const;

type Measure = keyof typeof MEASURES;

const HEIGHT = 120;
const SLOT = 10;

/** Bars of the last days; the same as a table for whoever does not see bars. */
export function DaysChart({ days }: { days: readonly Day[] }) {
  const [measure, setMeasure] = useState<Measure>('uploads');
  const { label, of, format } = MEASURES[measure];
  const most = Math.max(1, ...days.map(of));
  const total = days.reduce((sum, day) => sum + of(day), 0);
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-muted-foreground text-sm tabular-nums">
          {format(total)} in 30 days, {format(most === 1 && total === 0 ? 0 : most)} on the busiest
        </p>
        <fieldset className="flex rounded-md border p-0.5">
          <legend className="sr-only">Show</legend>
          {(Object.keys(MEASURES) as Measure[]).map((name) => (
            <label
              key={name}
              className="cursor-pointer rounded-sm px-2.5 py-1 text-muted-foreground text-sm focus-within:outline-2 focus-within:outline-ring has-checked:bg-muted has-checked:text-foreground"
            >
              <input
                type="radio"
                name="measure"
                className="sr-only"
                checked={measure === name}
                onChange={() => setMeasure(name)}
              />
              {MEASURES[name].label}
            </label>
          ))}
        </fieldset>
      </div>
      <svg
        aria-hidden="true"
        viewBox={`0 0 ${days.length * SLOT} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-32 w-full border-b"
      >
        {days.map((day, index) => {
          const height = Math.max(of(day) > 0 ? 2 : 0, (of(day) / most) * HEIGHT);
          return (
            <rect
              key={day.date}
              x={index * SLOT + 1}
              y={HEIGHT - height}
              width={SLOT - 2}
              height={height}
              className="fill-primary"
            >
              <title>{`${day.date}: ${format(of(day))}`}</title>
            </rect>
          );
        })}
      </svg>
      <div aria-hidden="true" className="flex justify-between text-muted-foreground text-xs">
        <span>{days[0]?.date}</span>
        <span>{days.at(-1)?.date}</span>
      </div>
      <details className="text-sm">
        <summary className="w-fit cursor-pointer text-muted-foreground hover:text-foreground">
          As a table
        </summary>
        <table className="mt-2 w-full max-w-sm tabular-nums">
          <caption className="sr-only">Uploads by day, UTC</caption>
          <thead>
            <tr className="border-b text-left text-muted-foreground">
              <th scope="col" className="py-1 font-normal">
                Day (UTC)
              </th>
              <th scope="col" className="py-1 text-right font-normal">
                Uploads
              </th>
              <th scope="col" className="py-1 text-right font-normal">
                Bytes
              </th>
            </tr>
          </thead>
          <tbody>
            {days.toReversed().map((day) => (
              <tr key={day.date} className="border-b">
                <th scope="row" className="py-1 text-left font-normal">
                  {day.date}
                </th>
                <td className="py-1 text-right">{formatNumber(day.uploads)}</td>
                <td className="py-1 text-right">{formatBytes(day.uploadedBytes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
      <span className="sr-only">{`The chart shows ${label.toLowerCase()} by day.`}</span>
    </div>
  );
}

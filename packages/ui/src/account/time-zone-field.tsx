'use client';

import { useMemo } from 'react';
import { Button } from '../button.tsx';
import { Field } from '../field.tsx';
import { Select } from '../select.tsx';

const clockIn = (timeZone: string) =>
  new Intl.DateTimeFormat(undefined, { timeZone, hour: '2-digit', minute: '2-digit' }).format(
    new Date(),
  );

type Props = { timeZone: string | null; onChoose: (timeZone: string) => void };

export function TimeZoneField({ timeZone, onChoose }: Props) {
  const current = timeZone ?? 'UTC';
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = useMemo(
    () => [...new Set(['UTC', current, own, ...Intl.supportedValuesOf('timeZone')])].sort(),
    [current, own],
  );
  return (
    <div className="flex flex-wrap items-end gap-3">
      <Field
        label="Your time zone"
        hint={`It is ${clockIn(current)} there now.`}
        className="min-w-0 flex-1 basis-64"
      >
        {(control) => (
          <Select {...control} value={current} onChange={(event) => onChoose(event.target.value)}>
            {zones.map((zone) => (
              <option key={zone} value={zone}>
                {zone.replaceAll('_', ' ')}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {own === current ? null : (
        <Button onClick={() => onChoose(own)} className="mb-5.5">
          Use {own.replaceAll('_', ' ')}
        </Button>
      )}
    </div>
  );
}

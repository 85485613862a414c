'use client';

import { Button } from '@repo/ui/button';
import { Field } from '@repo/ui/field';
import { Select } from '@repo/ui/select';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { describeError, useTRPC } from '../../lib/trpc.ts';

const clockIn = (timeZone: string) =>
  new Intl.DateTimeFormat(undefined, { timeZone, hour: '2-digit', minute: '2-digit' }).format(
    new Date(),
  );

export function TimeZoneChoice({ timeZone }: { timeZone: string | null }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const queryKey = trpc.notification.get.queryKey();
  const update = useMutation(
    trpc.notification.update.mutationOptions({
      onMutate: async (change) => {
        await queries.cancelQueries({ queryKey });
        const { timeZone: chosen } = change;
        queries.setQueryData(queryKey, (known) =>
          known === undefined || chosen === undefined ? known : { ...known, timeZone: chosen },
        );
      },
      onError: (error) => toast.error('Not changed', { description: describeError(error).message }),
      onSettled: () => queries.invalidateQueries({ queryKey }),
    }),
  );
  const current = timeZone ?? 'UTC';
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = useMemo(
    () => [...new Set(['UTC', current, own, ...Intl.supportedValuesOf('timeZone')])].sort(),
    [current, own],
  );
  const choose = (zone: string) => update.mutate({ timeZone: zone });
  return (
    <div className="flex flex-wrap items-end gap-3">
      <Field
        label="Your time zone"
        hint={`It is ${clockIn(current)} there now.`}
        className="min-w-0 flex-1 basis-64"
      >
        {(control) => (
          <Select {...control} value={current} onChange={(event) => choose(event.target.value)}>
            {zones.map((zone) => (
              <option key={zone} value={zone}>
                {zone.replaceAll('_', ' ')}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {own === current ? null : (
        <Button onClick={() => choose(own)} className="mb-5.5">
          Use {own.replaceAll('_', ' ')}
        </Button>
      )}
    </div>
  );
}

'use client';

import { Switch } from '@repo/ui/switch';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { describeError, type NotificationSettings, useTRPC } from '../../lib/trpc.ts';
import { KINDS } from './kind-words.ts';

/** Each takes effect at once, and goes back when the server did not take it. */
export function KindSwitches({ settings }: { settings: NotificationSettings }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const queryKey = trpc.notification.get.queryKey();
  const update = useMutation(
    trpc.notification.update.mutationOptions({
      onMutate: async ({ kinds = {} }) => {
        await queries.cancelQueries({ queryKey });
        queries.setQueryData(queryKey, (known) =>
          known === undefined ? known : { ...known, kinds: { ...known.kinds, ...kinds } },
        );
      },
      onError: (error) => toast.error('Not changed', { description: describeError(error).message }),
      onSettled: () => queries.invalidateQueries({ queryKey }),
    }),
  );
  return (
    <ul className="divide-y">
      {KINDS.map(({ kind, name, description }) => (
        <li key={kind} className="flex items-start justify-between gap-6 py-3 first:pt-0 last:pb-0">
          <div className="min-w-0">
            <p id={`${kind}-name`} className="font-medium text-sm">
              {name}
            </p>
            <p id={`${kind}-about`} className="text-muted-foreground text-sm">
              {description}
            </p>
          </div>
          <Switch
            className="mt-0.5"
            aria-labelledby={`${kind}-name`}
            aria-describedby={`${kind}-about`}
            checked={settings.kinds[kind]}
            onCheckedChange={(isOn) => update.mutate({ kinds: { [kind]: isOn } })}
          />
        </li>
      ))}
    </ul>
  );
}

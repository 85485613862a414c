'use client';

import { cn } from '@repo/ui/cn';
import { useId } from 'react';
import type { LookInfo } from '../../lib/trpc.ts';

type Props = {
  looks: readonly LookInfo[];
  /** The key of the one that is chosen; none where settings were changed since. */
  value: string | undefined;
  onChange: (look: LookInfo) => void;
};

/** Radio buttons of the platform, drawn as chips: ours, then the studio's own. */
export function LookChoice({ looks, value, onChange }: Props) {
  const name = useId();
  const chosen = looks.find(({ key }) => key === value);
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium text-sm">Look</legend>
      <div className="flex flex-wrap gap-1.5">
        {looks.map((look) => (
          <label
            key={look.key}
            className={cn(
              'relative flex h-8 max-w-full cursor-pointer items-center rounded-md border px-2.5 font-medium text-muted-foreground text-sm hover:text-foreground has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring',
              look.key === value && 'border-border-strong bg-hover text-foreground',
            )}
          >
            <input
              type="radio"
              name={name}
              value={look.key}
              checked={look.key === value}
              onChange={() => onChange(look)}
              className="absolute inset-0 opacity-0"
            />
            <span className="truncate">{look.label}</span>
          </label>
        ))}
      </div>
      <p className="mt-1.5 min-h-4 text-muted-foreground text-xs leading-4">
        {chosen?.description ?? 'Settings of their own.'}
      </p>
    </fieldset>
  );
}

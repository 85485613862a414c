'use client';

import { useSyncExternalStore } from 'react';
import { formatDate, formatDateTime, formatRelative, formatTimeLeft } from './format.ts';

// One clock for every relative time on the page; it ticks each half minute.
let now = new Date();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void) {
  listeners.add(listener);
  if (timer === undefined) {
    now = new Date();
    timer = setInterval(() => {
      now = new Date();
      for (const each of listeners) each();
    }, 30_000);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

type TimeProps = { value: Date | string; className?: string };

/** "3 min. ago", with the full date as its title. */
export function RelativeTime({ value, className }: TimeProps) {
  const current = useSyncExternalStore(
    subscribe,
    () => now,
    () => null,
  );
  const date = new Date(value);
  return (
    <time
      dateTime={date.toISOString()}
      title={current ? formatDateTime(date) : undefined}
      className={className}
      suppressHydrationWarning
    >
      {current
        ? formatRelative(date, current.getTime() < date.getTime() ? date : current)
        : formatDate(date)}
    </time>
  );
}

/** "23 h" until a time that is to come, and counting. */
export function TimeLeft({ value, className }: TimeProps) {
  const current = useSyncExternalStore(
    subscribe,
    () => now,
    () => null,
  );
  const date = new Date(value);
  return (
    <time
      dateTime={date.toISOString()}
      title={current ? formatDateTime(date) : undefined}
      className={className}
      suppressHydrationWarning
    >
      {formatTimeLeft((date.getTime() - (current ?? now).getTime()) / 1000)}
    </time>
  );
}

export function DateTime({ value, className }: TimeProps) {
  const date = new Date(value);
  return (
    <time dateTime={date.toISOString()} className={className} suppressHydrationWarning>
      {formatDateTime(date)}
    </time>
  );
}

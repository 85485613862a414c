'use client';

import { useCallback, useEffect, useEffectEvent, useLayoutEffect, useState } from 'react';
import type { FieldValues, Path, PathValue, UseFormReturn } from 'react-hook-form';
import { dropDraft, keepDraft, readDraft } from './drafts.ts';

/**
 * State that outlives a reload and the page that shows it, until it is dropped: once it is sent, or nobody wants it.
 * Each key has its own, also while the component that asks stays. Read once the page is there: the server does not
 * know it.
 */
export function useDraft<T>(key: string, initial: T) {
  const [held, setHeld] = useState({ key, first: initial, value: initial });
  // Another key: what was typed under the one before is not its value, not even for one frame.
  const own = held.key === key ? held : { key, first: initial, value: initial };
  const begin = useEffectEvent((asked: string) => {
    const kept = readDraft<T>(asked);
    if (kept !== undefined) setHeld({ ...own, value: kept });
    else if (held !== own) setHeld(own);
  });
  useLayoutEffect(() => begin(key), [key]);
  const { first } = own;
  const set = useCallback(
    (value: T) => {
      setHeld({ key, first, value });
      keepDraft(key, value);
    },
    [key, first],
  );
  const drop = useCallback(() => {
    setHeld((now) => (now.key === key ? { ...now, value: now.first } : now));
    dropDraft(key);
  }, [key]);
  return [own.value, set, drop] as const;
}

/**
 * What was typed into a form and not saved is in it again after a reload, until it is dropped or the form is as it
 * was. What was not touched is left out: somebody else may have changed it meanwhile.
 */
export function useFormDraft<T extends FieldValues>(form: UseFormReturn<T>, key: string): void {
  useEffect(() => {
    const kept = readDraft<Partial<T>>(key) ?? {};
    for (const [name, value] of Object.entries(kept))
      form.setValue(name as Path<T>, value as PathValue<T, Path<T>>, { shouldDirty: true });
    return form.subscribe({
      formState: { values: true },
      callback: ({ values, defaultValues = {} }) => {
        const before: Partial<Record<string, unknown>> = defaultValues;
        const typed = Object.entries(values).filter(([name, value]) => value !== before[name]);
        if (typed.length === 0) dropDraft(key);
        else keepDraft(key, Object.fromEntries(typed));
      },
    });
  }, [form, key]);
}

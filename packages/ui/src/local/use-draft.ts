'use client';

import { useCallback, useEffect, useLayoutEffect, useState } from 'react';
import type { FieldValues, Path, PathValue, UseFormReturn } from 'react-hook-form';
import { dropDraft, keepDraft, readDraft } from './drafts.ts';

/**
 * State that outlives a reload until it is dropped, or what shows it is closed. Read once the page is there: the
 * server does not know it.
 */
export function useDraft<T>(key: string, initial: T) {
  const [first] = useState(initial);
  const [value, setValue] = useState(first);
  useLayoutEffect(() => {
    const kept = readDraft<T>(key);
    if (kept !== undefined) setValue(kept);
    return () => dropDraft(key);
  }, [key]);
  const set = useCallback(
    (next: T) => {
      setValue(next);
      keepDraft(key, next);
    },
    [key],
  );
  const drop = useCallback(() => {
    setValue(first);
    dropDraft(key);
  }, [key, first]);
  return [value, set, drop] as const;
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

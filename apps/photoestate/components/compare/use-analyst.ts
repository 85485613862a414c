'use client';

import { useEffect, useState } from 'react';
import { Analyst } from '../../lib/compare/analyst.ts';

/** The thread that looks at pictures, for as long as it is wanted. */
export function useAnalyst(wanted: boolean): Analyst | undefined {
  const [analyst, setAnalyst] = useState<Analyst>();
  useEffect(() => {
    if (!wanted) return;
    const started = new Analyst();
    setAnalyst(started);
    return () => {
      setAnalyst(undefined);
      started.stop();
    };
  }, [wanted]);
  return analyst;
}

export type Answered<T> = { value: T } | { failed: true } | undefined;

/** What came of asking; undefined while it is not known yet. Asked again when the key changes. */
export function useAnswer<T>(key: string | null, ask: () => Promise<T>): Answered<T> {
  const [known, setKnown] = useState<{ key: string; answer: Answered<T> }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that is asked
  useEffect(() => {
    if (key === null) return;
    let gone = false;
    const keep = (answer: Answered<T>) => {
      if (!gone) setKnown({ key, answer });
    };
    ask().then(
      (value) => keep({ value }),
      () => keep({ failed: true }),
    );
    return () => {
      gone = true;
    };
  }, [key]);
  return known && known.key === key ? known.answer : undefined;
}

'use client';

import { useState } from 'react';
import { messageOf } from './acts.ts';

/** One thing that is done at a time: whether it is on its way, and what it failed with. */
export function useAct() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  /** Undefined when it failed. */
  const run = async <T>(act: () => Promise<T>): Promise<{ done: T } | undefined> => {
    setBusy(true);
    setProblem(undefined);
    try {
      return { done: await act() };
    } catch (error) {
      setProblem(messageOf(error));
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, run };
}

'use client';

import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { OpenUploads, UploadDesk } from './desk.ts';
import type { IntakeSnapshot, Queue, UploadIntake } from './intake.ts';

/** A hundred files report their progress a hundred times a second; eyes want it a few times. */
const LOOK_EVERY = 150;
/** Other pages are closed at any time: what they leave is taken up by one that is open. */
const LOOK_FOR_LEFT = 15_000;
const RATE_EVERY = 500;
const RATE_MARKS = 8;

type Store<Snapshot> = {
  subscribe: (listener: () => void) => () => void;
  getSnapshot: () => Snapshot;
};

/** Hears of all that is told within a moment once. */
export function slowly(subscribe: Store<unknown>['subscribe']): Store<unknown>['subscribe'] {
  return (listener) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const leave = subscribe(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        listener();
      }, LOOK_EVERY);
    });
    return () => {
      clearTimeout(timer);
      leave();
    };
  };
}

export function useUploadSnapshot<Snapshot>({ subscribe, getSnapshot }: Store<Snapshot>): Snapshot {
  const subscribeSlowly = useMemo(() => slowly(subscribe), [subscribe]);
  return useSyncExternalStore(subscribeSlowly, getSnapshot, getSnapshot);
}

export function useIntake<Input>(intake: UploadIntake<Input>): IntakeSnapshot {
  return useSyncExternalStore(intake.subscribe, intake.getSnapshot, intake.getSnapshot);
}

/** The queues of a desk; what other pages left is taken over as long as this is shown. */
export function useDesk<Input, Uploader extends Queue<Input>>(
  desk: UploadDesk<Input, Uploader>,
): readonly OpenUploads<Input, Uploader>[] {
  useEffect(() => {
    void desk.restore();
    const timer = setInterval(() => void desk.restore(), LOOK_FOR_LEFT);
    return () => clearInterval(timer);
  }, [desk]);
  return useSyncExternalStore(desk.subscribe, desk.list, desk.list);
}

/** Bytes per second over the last seconds; 0 until that can be told. */
export function useRate(loaded: () => number, active: boolean): number {
  const [rate, setRate] = useState(0);
  useEffect(() => {
    if (!active) return;
    let marks: [time: number, loaded: number][] = [[performance.now(), loaded()]];
    const timer = setInterval(() => {
      const now = performance.now();
      marks = [...marks, [now, loaded()] as [number, number]].slice(-RATE_MARKS);
      const [first] = marks;
      if (first) setRate(Math.max(0, ((loaded() - first[1]) * 1000) / (now - first[0])));
    }, RATE_EVERY);
    return () => {
      clearInterval(timer);
      setRate(0);
    };
  }, [active, loaded]);
  return rate;
}

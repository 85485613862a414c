'use client';

import { useEffect, useState } from 'react';

const lookEvery = 500;
const memory = 8;

/** Bytes per second over the last seconds; 0 until that can be told. */
export function useRate(loaded: () => number, active: boolean): number {
  const [rate, setRate] = useState(0);
  useEffect(() => {
    if (!active) return;
    let marks: [time: number, loaded: number][] = [[performance.now(), loaded()]];
    const timer = setInterval(() => {
      const now = performance.now();
      marks = [...marks, [now, loaded()] as [number, number]].slice(-memory);
      const [first] = marks;
      if (first) setRate(Math.max(0, ((loaded() - first[1]) * 1000) / (now - first[0])));
    }, lookEvery);
    return () => {
      clearInterval(timer);
      setRate(0);
    };
  }, [active, loaded]);
  return rate;
}

'use client';

import { useCallback, useMemo, useState } from 'react';

type Row = { id: string };

type State = {
  chosen: ReadonlySet<string>;
  active: string | undefined;
  anchor: string | undefined;
};
const EMPTY: State = { chosen: new Set(), active: undefined, anchor: undefined };

/** How a row was hit: alone, in addition, or as the end of a range. */
export type Reach = 'only' | 'toggle' | 'range';

const between = (rows: readonly Row[], [a, b]: [number, number]) =>
  rows.slice(Math.min(a, b), Math.max(a, b) + 1).map((row) => row.id);

/** Which rows are chosen, and which one the keyboard is at. By id: rows come and go above them. */
export function useSelection<T extends Row>(rows: readonly T[]) {
  const [state, setState] = useState(EMPTY);
  const indexes = useMemo(() => new Map(rows.map((row, index) => [row.id, index])), [rows]);
  const activeIndex = state.active === undefined ? -1 : (indexes.get(state.active) ?? -1);

  const hit = useCallback(
    (id: string, reach: Reach) => {
      setState((now) => {
        const anchor = now.anchor ?? now.active ?? id;
        if (reach === 'range') {
          const [from = 0, to = 0] = [indexes.get(anchor), indexes.get(id)];
          return { chosen: new Set(between(rows, [from, to])), active: id, anchor };
        }
        const chosen = new Set(reach === 'toggle' ? now.chosen : []);
        if (reach === 'toggle' && chosen.has(id)) chosen.delete(id);
        else chosen.add(id);
        return { chosen, active: id, anchor: id };
      });
    },
    [indexes, rows],
  );

  /** The keyboard goes on; with `range` it takes what it passes. */
  const move = useCallback(
    (step: number, range = false) => {
      const from = activeIndex < 0 ? (step > 0 ? -1 : 0) : activeIndex;
      const next = rows[Math.max(0, Math.min(rows.length - 1, from + step))];
      if (!next) return;
      if (range) hit(next.id, 'range');
      else setState((now) => ({ ...now, active: next.id, anchor: next.id }));
    },
    [activeIndex, rows, hit],
  );

  const chosen = useMemo(() => rows.filter((row) => state.chosen.has(row.id)), [rows, state]);
  return {
    chosen,
    isChosen: (id: string) => state.chosen.has(id),
    active: rows[activeIndex],
    activeIndex,
    hit,
    move,
    activate: useCallback((id: string) => setState((now) => ({ ...now, active: id })), []),
    all: useCallback(
      () => setState((now) => ({ ...now, chosen: new Set(rows.map((row) => row.id)) })),
      [rows],
    ),
    clear: useCallback(() => setState((now) => ({ ...now, chosen: new Set() })), []),
  };
}

export type Selection<T extends Row> = ReturnType<typeof useSelection<T>>;

/** What a click with these keys held down means. */
export function reachOf(event: { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean }): Reach {
  if (event.shiftKey) return 'range';
  return event.ctrlKey || event.metaKey ? 'toggle' : 'only';
}

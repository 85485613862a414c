'use client';

import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import type { Scene } from '../../lib/trpc.ts';

export type Selection = {
  /** In the order of the shoot. */
  selected: readonly Scene[];
  has: (sceneId: string) => boolean;
  /** With `range` all between this one and the last one that was chosen, too. */
  toggle: (sceneId: string, range?: boolean) => void;
  all: () => void;
  clear: () => void;
  /** What was chosen on an earlier visit. */
  restore: (sceneIds: readonly string[]) => void;
};

const SelectionContext = createContext<Selection | null>(null);

type Props = { scenes: readonly Scene[]; children: ReactNode };

/** The scenes that are chosen to be worked on together. */
export function SelectionProvider({ scenes, children }: Props) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [last, setLast] = useState<string>();
  const toggle = useCallback(
    (sceneId: string, range = false) => {
      const from = scenes.findIndex(({ id }) => id === last);
      const to = scenes.findIndex(({ id }) => id === sceneId);
      setIds((before) => {
        const next = new Set(before);
        if (range && from >= 0 && to >= 0) {
          const between = scenes.slice(Math.min(from, to), Math.max(from, to) + 1);
          for (const { id } of between) next.add(id);
        } else if (!next.delete(sceneId)) next.add(sceneId);
        return next;
      });
      setLast(sceneId);
    },
    [last, scenes],
  );
  const value = useMemo<Selection>(
    () => ({
      // Scenes that went are chosen no more.
      selected: scenes.filter(({ id }) => ids.has(id)),
      has: (sceneId) => ids.has(sceneId),
      toggle,
      all: () => setIds(new Set(scenes.map(({ id }) => id))),
      clear: () => setIds(new Set()),
      restore: (sceneIds) => setIds(new Set(sceneIds)),
    }),
    [ids, scenes, toggle],
  );
  return <SelectionContext value={value}>{children}</SelectionContext>;
}

export function useSelection(): Selection {
  const value = useContext(SelectionContext);
  if (!value) throw new Error('useSelection needs a SelectionProvider above it');
  return value;
}

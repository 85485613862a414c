'use client';

import { type FocusEvent, type Ref, useImperativeHandle, useRef, useState } from 'react';
import type { Scene } from '../../lib/trpc.ts';
import { useVirtualLines } from '../virtual/use-virtual-lines.ts';
import { SceneCard } from './scene-card.tsx';
import { useTable } from './table-context.tsx';

const GAP = 20;
const NARROWEST = 352;
/** Name, exposures and what to do next: all of a card but its picture. */
const BESIDE_PICTURE = 44 + 104 + 53 + 2;

/** Brings a scene into the document and into sight, wherever the page is. */
export type Reveal = (sceneId: string) => void;

/** The scenes, of which only those near the window exist: a shoot of a thousand photos scrolls as one of ten. */
export function SceneGrid({ scenes, reveal }: { scenes: readonly Scene[]; reveal: Ref<Reveal> }) {
  const { held } = useTable();
  const box = useRef<HTMLUListElement>(null);
  const [focused, setFocused] = useState<string>();
  // What has the focus or is in the hand must not leave the document under the hand.
  const kept = scenes.findIndex(({ id, photos }) =>
    held ? photos.some((each) => each.id === held.id) : id === focused,
  );
  const { virtual, columns, inFirstLine, drawn, style } = useVirtualLines({
    box,
    items: scenes.length,
    gap: GAP,
    narrowest: NARROWEST,
    height: (width) => Math.round((width * 2) / 3) + BESIDE_PICTURE,
    kept,
  });
  useImperativeHandle(reveal, () => (sceneId: string) => {
    const index = scenes.findIndex(({ id }) => id === sceneId);
    if (index >= 0) virtual.scrollToIndex(Math.floor(index / columns));
  });
  const onFocus = ({ target }: FocusEvent) =>
    setFocused(target.closest<HTMLElement>('[data-drop]')?.dataset['drop']);
  return (
    <ul ref={box} aria-label="Scenes" onFocus={onFocus} className="mt-6" style={style}>
      {drawn.map(({ index, line, style: own }) => {
        const scene = scenes[index];
        return scene === undefined ? null : (
          <SceneCard
            key={scene.id}
            scene={scene}
            eager={index < inFirstLine}
            count={scenes.length}
            index={index}
            line={line}
            style={own}
            measure={virtual.measureElement}
          />
        );
      })}
    </ul>
  );
}

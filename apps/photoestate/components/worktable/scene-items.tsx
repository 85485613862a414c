'use client';

import { DropdownMenuItem } from '@repo/ui/dropdown-menu';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type FocusEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { middleExposure } from '../../lib/exposure.ts';
import { counted } from '../../lib/listing-status.ts';
import { hasRoom, maxFrames, sceneName } from '../../lib/scene-edits.ts';
import type { Scene } from '../../lib/trpc.ts';
import { Thumb } from '../thumb.tsx';
import { useTable } from './table-context.tsx';

type Props = {
  scenes: readonly Scene[];
  /** So many frames more each has to find room for. */
  frames: number;
  onChoose: (scene: Scene) => void;
};

/** As high as an entry of a menu, in rem. */
const ROW = 2;
/** Of what is typed, until it is another word. */
const FORGET_MS = 1_000;

/**
 * Scenes as entries of a menu, of which only those in sight are in the document, with those that a key leads to: the
 * ones beside the one with the focus, the first and the last.
 */
export function SceneItems({ scenes, frames, onChoose }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(-1);
  const isFull = (scene: Scene) => !hasRoom(scene, frames);
  const [row] = useState(
    () => ROW * Number.parseFloat(getComputedStyle(document.documentElement).fontSize),
  );
  const virtual = useVirtualizer({
    count: scenes.length,
    getScrollElement: () => box.current?.closest('[role=menu]') ?? null,
    estimateSize: () => row,
    overscan: 2,
  });
  useFoundByTyping(
    box,
    scenes.map((scene) => (isFull(scene) ? '' : sceneName(scene))),
    (index) => flushSync(() => setAt(index)),
  );
  const free = scenes.flatMap((scene, index) => (isFull(scene) ? [] : [index]));
  const reached = [
    ...[free[0], free.at(-1), free.findLast((index) => index < at), at],
    free.find((index) => index > at),
  ];
  const drawn = new Set(virtual.getVirtualItems().map(({ index }) => index));
  for (const index of reached) if (index !== undefined && index >= 0) drawn.add(index);
  const onFocus = ({ target }: FocusEvent) => setAt(Number(target.getAttribute('data-index')));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <div
      ref={box}
      role="group"
      aria-label="Scenes"
      onFocus={onFocus}
      className="relative"
      style={{ height: virtual.getTotalSize() }}
    >
      {[...drawn]
        .sort((a, b) => a - b)
        .map((index) => {
          const scene = scenes[index];
          return scene === undefined ? null : (
            <SceneItem
              key={scene.id}
              scene={scene}
              index={index}
              count={scenes.length}
              top={index * row}
              disabled={isFull(scene)}
              onSelect={() => onChoose(scene)}
            />
          );
        })}
    </div>
  );
}

type ItemProps = {
  scene: Scene;
  index: number;
  count: number;
  top: number;
  disabled: boolean;
  onSelect: () => void;
};

function SceneItem({ scene, index, count, top, disabled, onSelect }: ItemProps) {
  const { pointAt } = useTable();
  const thumb = middleExposure(scene.photos)?.urls.thumb;
  return (
    <DropdownMenuItem
      data-index={index}
      aria-posinset={index + 1}
      aria-setsize={count}
      disabled={disabled}
      onFocus={() => pointAt(scene.id)}
      onSelect={onSelect}
      className="absolute inset-x-0 h-8"
      style={{ top }}
    >
      {thumb ? (
        <Thumb src={thumb} alt="" className="h-6 w-9 shrink-0 rounded-sm bg-canvas object-cover" />
      ) : (
        <span className="h-6 w-9 shrink-0 rounded-sm bg-canvas" />
      )}
      <span className="flex-1 truncate">{sceneName(scene)}</span>
      <span className="text-muted-foreground text-xs">
        {disabled ? `full (${maxFrames})` : counted(scene.photos.length, 'exposure')}
      </span>
    </DropdownMenuItem>
  );
}

type Box = { current: HTMLDivElement | null };

/** A name that is typed is gone to wherever it is: the menu itself knows only what is in the document. */
function useFoundByTyping(box: Box, names: readonly string[], draw: (index: number) => void) {
  const typed = useRef({ text: '', at: 0 });
  const hear = useEffectEvent((event: KeyboardEvent) => {
    if (event.key.length !== 1 || event.ctrlKey || event.altKey || event.metaKey) return;
    const before = event.timeStamp - typed.current.at < FORGET_MS ? typed.current.text : '';
    if (event.key === ' ') {
      if (before === '') return;
      // Within a name it chooses nothing, also where no scene is called that: the menu did not hear what came before.
      event.preventDefault();
      event.stopPropagation();
    }
    const text = before + event.key.toLowerCase();
    typed.current = { text, at: event.timeStamp };
    // The same letter again goes on to the next one that begins with it.
    const isOne = [...text].every((letter) => letter === text[0]);
    const wanted = isOne ? text.slice(0, 1) : text;
    const here = Number(document.activeElement?.getAttribute('data-index') ?? -1);
    const from = isOne ? here + 1 : Math.max(0, here);
    const order = names.map((_, step) => (from + step) % names.length);
    const found = order.find((index) => names[index]?.toLowerCase().startsWith(wanted));
    if (found === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    draw(found);
    box.current?.querySelector<HTMLElement>(`[data-index="${found}"]`)?.focus();
  });
  useEffect(() => {
    const menu = box.current?.closest<HTMLElement>('[role=menu]');
    const listen = (event: KeyboardEvent) => hear(event);
    // Before the menu looks among what is drawn.
    menu?.addEventListener('keydown', listen, { capture: true });
    return () => menu?.removeEventListener('keydown', listen, { capture: true });
  }, [box]);
}

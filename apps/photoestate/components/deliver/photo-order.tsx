'use client';

import { Button } from '@repo/ui/button';
import { cn } from '@repo/ui/cn';
import { Input } from '@repo/ui/input';
import {
  type CSSProperties,
  type FocusEvent,
  type KeyboardEvent,
  type Ref,
  useEffect,
  useRef,
  useState,
} from 'react';
import { type Choice, moveChoice, placeChoice } from '../../lib/deliver-draft.ts';
import { Thumb } from '../thumb.tsx';
import { useVirtualLines } from '../virtual/use-virtual-lines.ts';
import { CHOICE, useDraggedChoice } from './use-dragged-choice.ts';

type Props = { choices: readonly Choice[]; onChange: (choices: Choice[]) => void };

const GAP = 12;
const NARROWEST = 150;
const MOST = 4;
/** The name, and what moves it. */
const BELOW_PICTURE = 36 + 2;

/**
 * Which photos, and in which order: dragged, by the arrows beside each, or by Alt with the arrow keys. Only those near
 * the window are in the document.
 */
export function PhotoOrder({ choices, onChange }: Props) {
  const list = useRef<HTMLOListElement>(null);
  const [said, setSaid] = useState('');
  const [focused, setFocused] = useState<string>();
  const { held, over, events } = useDraggedChoice((from, to) =>
    onChange(placeChoice(choices, from, to)),
  );
  // What has the focus or is in the hand must not leave the document under the hand.
  const kept = choices.findIndex(({ sceneId }) => sceneId === (held ?? focused));
  const { virtual, columns, drawn, style } = useVirtualLines({
    box: list,
    items: choices.length,
    gap: GAP,
    narrowest: NARROWEST,
    most: MOST,
    height: (width) => Math.round((width * 2) / 3) + BELOW_PICTURE,
    kept,
  });
  const moved = useRef<string>(undefined);
  useEffect(() => {
    const index = choices.findIndex(({ sceneId }) => sceneId === moved.current);
    moved.current = undefined;
    if (index >= 0) virtual.scrollToIndex(Math.floor(index / columns));
  }, [choices, columns, virtual]);
  const count = choices.filter(({ included }) => included).length;
  const change = (sceneId: string, to: Partial<Choice>) =>
    onChange(choices.map((each) => (each.sceneId === sceneId ? { ...each, ...to } : each)));
  const move = (sceneId: string, by: number) => {
    const order = moveChoice(choices, sceneId, by);
    moved.current = sceneId;
    onChange(order);
    const place = order.findIndex((each) => each.sceneId === sceneId) + 1;
    setSaid(`Now number ${place} of ${order.length}`);
  };
  const onFocus = ({ target }: FocusEvent) =>
    setFocused(target.closest<HTMLElement>('[data-choice]')?.dataset['choice']);
  const numbers = numbersOf(choices);
  return (
    <section aria-labelledby="photos-title">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <h2 id="photos-title" className="font-semibold text-base">
          Photos{' '}
          <span className="font-normal text-muted-foreground text-sm tabular-nums">
            {count} of {choices.length}
          </span>
        </h2>
        <div className="flex gap-1">
          <Button
            size="sm"
            variant="ghost"
            onClick={() => onChange(choices.map((each) => ({ ...each, included: true })))}
          >
            All
          </Button>
          <Button
            size="sm"
            variant="ghost"
            onClick={() => onChange(choices.map((each) => ({ ...each, included: false })))}
          >
            None
          </Button>
        </div>
      </div>
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
      <ol ref={list} aria-label="Photos" onFocus={onFocus} style={style} {...events}>
        {drawn.map(({ index, line, style: own }) => {
          const choice = choices[index];
          if (choice === undefined) return null;
          const { sceneId } = choice;
          return (
            <Photo
              key={sceneId}
              ref={line === undefined ? null : virtual.measureElement}
              choice={choice}
              number={numbers[index]}
              line={line}
              place={index + 1}
              count={choices.length}
              style={own}
              isOver={over === sceneId}
              onMove={(by) => move(sceneId, by)}
              onChange={(to) => change(sceneId, to)}
            />
          );
        })}
      </ol>
    </section>
  );
}

/** Of those that are delivered; of the others none. */
function numbersOf(choices: readonly Choice[]): (number | undefined)[] {
  let last = 0;
  return choices.map(({ included }) => {
    if (!included) return undefined;
    last += 1;
    return last;
  });
}

type PhotoProps = {
  ref: Ref<HTMLLIElement>;
  choice: Choice;
  /** Undefined where it is not delivered. */
  number: number | undefined;
  line: number | undefined;
  place: number;
  count: number;
  style: CSSProperties | undefined;
  isOver: boolean;
  onMove: (by: number) => void;
  onChange: (to: Partial<Choice>) => void;
};

/** Few elements: dozens are in sight. */
const BADGE =
  'after:pointer-events-none after:absolute after:top-2 after:left-2 after:flex after:h-6 after:min-w-6 after:items-center after:justify-center after:rounded-full after:px-1.5 after:font-semibold after:text-xs after:tabular-nums after:content-[attr(data-number)]';

const CHEVRON = 'before:size-2 before:border-current before:border-b-2';

function Photo(props: PhotoProps) {
  const { ref, choice, number, line, place, count, style, isOver, onMove, onChange } = props;
  const { sceneId, thumbUrl, title, included } = choice;
  const name = title.trim() || `Scene ${choice.number}`;
  const onKey = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (by === undefined || !event.altKey) return;
    event.preventDefault();
    onMove(by);
  };
  return (
    <li
      ref={ref}
      data-index={line}
      data-choice={sceneId}
      aria-posinset={place}
      aria-setsize={count}
      style={style}
      className={cn(
        'relative grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-0.5 overflow-hidden rounded-md border bg-card pb-1',
        isOver && 'outline-2 outline-ring',
      )}
    >
      <button
        type="button"
        aria-pressed={included}
        aria-label={`Deliver ${name}`}
        aria-keyshortcuts="Alt+ArrowLeft Alt+ArrowRight"
        draggable
        data-number={number ?? ''}
        onDragStart={(event) => event.dataTransfer.setData(CHOICE, sceneId)}
        onClick={() => onChange({ included: !included })}
        onKeyDown={onKey}
        className={cn(
          'relative col-span-full mb-1 block aspect-3/2 cursor-grab overflow-hidden bg-canvas active:cursor-grabbing',
          BADGE,
          included
            ? 'after:bg-primary after:text-primary-foreground'
            : 'after:border-2 after:border-white after:bg-black/50',
        )}
      >
        <Thumb
          src={thumbUrl}
          alt=""
          className={cn('size-full object-cover', !included && 'opacity-30')}
        />
      </button>
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={`Move ${name} forward`}
        onClick={() => onMove(-1)}
        className={cn('ms-1', CHEVRON, 'before:translate-x-px before:rotate-45 before:border-l-2')}
      />
      <Input
        aria-label={`What ${name} shows`}
        placeholder="Room"
        value={title}
        maxLength={60}
        onChange={({ target }) => onChange({ title: target.value })}
        className="h-7 min-w-0 border-transparent bg-transparent px-1.5 text-center text-xs shadow-none"
      />
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={`Move ${name} back`}
        onClick={() => onMove(1)}
        className={cn(
          'me-1',
          CHEVRON,
          'before:-translate-x-px before:-rotate-45 before:border-r-2',
        )}
      />
    </li>
  );
}

'use client';

import { Button } from '@repo/ui/button';
import { cn } from '@repo/ui/cn';
import { Input } from '@repo/ui/input';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { type Choice, moveChoice, placeChoice } from '../../lib/deliver-draft.ts';
import { Thumb } from '../thumb.tsx';

type Props = { choices: readonly Choice[]; onChange: (choices: Choice[]) => void };

const KIND = 'application/x-photoestate-scene';

/** Which photos, and in which order: dragged, by the arrows beside each, or by Alt with the arrow keys. */
export function PhotoOrder({ choices, onChange }: Props) {
  const list = useRef<HTMLOListElement>(null);
  const [over, setOver] = useState<string>();
  const [said, setSaid] = useState('');
  const count = choices.filter(({ included }) => included).length;
  const change = (sceneId: string, to: Partial<Choice>) =>
    onChange(choices.map((each) => (each.sceneId === sceneId ? { ...each, ...to } : each)));
  const move = (sceneId: string, by: number) => {
    const moved = moveChoice(choices, sceneId, by);
    onChange(moved);
    const place = moved.findIndex((each) => each.sceneId === sceneId) + 1;
    setSaid(`Now number ${place} of ${moved.length}`);
  };
  const onKey = (event: KeyboardEvent, sceneId: string) => {
    const by = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (by === undefined || !event.altKey) return;
    event.preventDefault();
    move(sceneId, by);
  };
  let number = 0;
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
      <ol ref={list} className="grid grid-cols-2 gap-3 sm:grid-cols-3 xl:grid-cols-4">
        {choices.map((choice) => {
          const { sceneId, thumbUrl, title, included } = choice;
          if (included) number += 1;
          const name = title.trim() || `Scene ${choice.number}`;
          return (
            <li
              key={sceneId}
              onDragOver={(event) => {
                if (!event.dataTransfer.types.includes(KIND)) return;
                event.preventDefault();
                setOver(sceneId);
              }}
              onDragLeave={() => setOver((before) => (before === sceneId ? undefined : before))}
              onDrop={(event) => {
                const from = event.dataTransfer.getData(KIND);
                setOver(undefined);
                if (from === '') return;
                event.preventDefault();
                onChange(placeChoice(choices, from, sceneId));
              }}
              className={cn(
                'relative flex flex-col overflow-hidden rounded-md border bg-card',
                over === sceneId && 'outline-2 outline-ring',
              )}
            >
              <button
                type="button"
                aria-pressed={included}
                aria-label={`Deliver ${name}`}
                aria-keyshortcuts="Alt+ArrowLeft Alt+ArrowRight"
                draggable
                onDragStart={(event) => event.dataTransfer.setData(KIND, sceneId)}
                onClick={() => change(sceneId, { included: !included })}
                onKeyDown={(event) => onKey(event, sceneId)}
                className="relative block aspect-3/2 cursor-grab overflow-hidden bg-canvas active:cursor-grabbing"
              >
                <Thumb
                  src={thumbUrl}
                  alt=""
                  className={cn('size-full object-cover', !included && 'opacity-30')}
                />
              </button>
              <span
                aria-hidden="true"
                className={cn(
                  'pointer-events-none absolute top-2 left-2 flex h-6 min-w-6 items-center justify-center rounded-full px-1.5 font-semibold text-xs tabular-nums',
                  included
                    ? 'bg-primary text-primary-foreground'
                    : 'border-2 border-white bg-black/50',
                )}
              >
                {included ? number : ''}
              </span>
              <div className="flex items-center gap-0.5 p-1">
                <Button
                  variant="ghost"
                  size="icon-sm"
                  aria-label={`Move ${name} forward`}
                  onClick={() => move(sceneId, -1)}
                >
                  <ChevronLeft />
                </Button>
                <Input
                  aria-label={`What ${name} shows`}
                  placeholder="Room"
                  value={title}
                  maxLength={60}
                  onChange={({ target }) => change(sceneId, { title: target.value })}
                  className="h-7 min-w-0 border-transparent bg-transparent px-1.5 text-center text-xs shadow-none"
                />
                <Button
                  variant="ghost"
                  size="icon-sm"
                  aria-label={`Move ${name} back`}
                  onClick={() => move(sceneId, 1)}
                >
                  <ChevronRight />
                </Button>
              </div>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

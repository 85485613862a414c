'use client';

import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@repo/ui/dropdown-menu';
import { SlidersHorizontal } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { Cost, type Priced } from '../credits/cost.tsx';
import { AdjustDialog, type Started } from './adjust-dialog.tsx';
import { adjustDraftOf } from './adjust-draft.ts';
import { type Look, lookFrom } from './look.ts';
import { useLooks } from './use-looks.ts';

type Props = {
  /** What a look would be made of. */
  of: Priced;
  onChoose: (look: Started) => void;
  onKeep?: (look: Look) => void;
  /** Said above the choices. */
  title?: string;
  align?: 'start' | 'end';
  /** What adjusting starts from. */
  initial?: Look | undefined;
  /** The button that opens it. */
  children: ReactNode;
};

/** The looks on offer, each with what it does and costs, and the way to change one and to see it first. */
export function PresetMenu({
  of,
  onChoose,
  onKeep,
  title = 'Look',
  align = 'end',
  initial,
  children,
}: Props) {
  const { looks } = useLooks(of.listingId);
  const trigger = useRef<HTMLButtonElement>(null);
  const [adjusting, setAdjusting] = useState(false);
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild ref={trigger}>
          {children}
        </DropdownMenuTrigger>
        <DropdownMenuContent align={align} className="max-h-[70dvh] w-64 overflow-y-auto">
          <DropdownMenuLabel>{title}</DropdownMenuLabel>
          {looks.data?.map((info) => (
            <DropdownMenuItem
              key={info.key}
              onSelect={() => onChoose({ ...lookFrom(info), ownSettings: true })}
              textValue={info.label}
            >
              <span className="min-w-0">
                <span className="block truncate font-medium">{info.label}</span>
                <span className="block text-muted-foreground text-xs leading-4">
                  {info.description}
                </span>
                <Cost {...of} {...lookFrom(info)} />
              </span>
            </DropdownMenuItem>
          ))}
          <DropdownMenuSeparator />
          <DropdownMenuItem onSelect={() => setAdjusting(true)}>
            <SlidersHorizontal aria-hidden="true" />
            Adjust and preview …
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      {adjusting ? (
        <AdjustDialog
          of={of}
          draftKey={adjustDraftOf(of)}
          initial={initial}
          onStart={onChoose}
          onKeep={onKeep}
          onClose={() => setAdjusting(false)}
          returnFocus={() => trigger.current?.focus()}
        />
      ) : null}
    </>
  );
}

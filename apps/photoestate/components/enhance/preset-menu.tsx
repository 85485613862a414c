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
import { AdjustDialog, type Look } from './adjust-dialog.tsx';
import { usePresets } from './use-presets.ts';

type Props = {
  /** What a look would be made of. */
  of: Priced;
  onChoose: (look: Look) => void;
  /** Said above the choices. */
  title?: string;
  align?: 'start' | 'end';
  /** What adjusting starts from. */
  initial?: Look | undefined;
  /** Of the scene; left out for a whole listing. */
  exposures?: number;
  /** The button that opens it. */
  children: ReactNode;
};

/** The looks on offer, each with what it does, and the way to change one. */
export function PresetMenu({
  of,
  onChoose,
  title = 'Look',
  align = 'end',
  initial,
  exposures,
  children,
}: Props) {
  const presets = usePresets();
  const trigger = useRef<HTMLButtonElement>(null);
  const [adjusting, setAdjusting] = useState(false);
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild ref={trigger}>
          {children}
        </DropdownMenuTrigger>
        <DropdownMenuContent align={align} className="w-64">
          <DropdownMenuLabel>{title}</DropdownMenuLabel>
          {presets.data?.map(({ name, label, description }) => (
            <DropdownMenuItem
              key={name}
              onSelect={() => onChoose({ preset: name, adjustments: {} })}
              textValue={label}
            >
              <span>
                <span className="block font-medium">{label}</span>
                <span className="block text-muted-foreground text-xs leading-4">{description}</span>
                <Cost {...of} preset={name} adjustments={{}} />
              </span>
            </DropdownMenuItem>
          ))}
          <DropdownMenuSeparator />
          <DropdownMenuItem onSelect={() => setAdjusting(true)}>
            <SlidersHorizontal aria-hidden="true" />
            Adjust …
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      {adjusting ? (
        <AdjustDialog
          of={of}
          initial={initial}
          exposures={exposures}
          onStart={onChoose}
          onClose={() => setAdjusting(false)}
          returnFocus={() => trigger.current?.focus()}
        />
      ) : null}
    </>
  );
}

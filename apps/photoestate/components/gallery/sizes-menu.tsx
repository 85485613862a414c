'use client';

import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from '@repo/ui/dropdown-menu';
import type { ReactNode } from 'react';

type Props = {
  sizes: readonly { name: string; label: string; detail: string }[];
  /** Said above the sizes, once all photos are made in them. */
  title: string;
  /** Of how many photos all sizes are made. */
  made: { prepared: number; of: number };
  /** Where a size is saved from. */
  hrefOf: (size: string) => string;
  align: 'start' | 'end';
  /** The button that opens it. */
  children: ReactNode;
};

/** The sizes in which photos may be saved; none can be before all are made. Nothing where none is offered. */
export function SizesMenu({ sizes, title, made, hrefOf, align, children }: Props) {
  if (sizes.length === 0) return null;
  const waiting = made.prepared < made.of;
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>{children}</DropdownMenuTrigger>
      <DropdownMenuContent align={align} className="w-72">
        <DropdownMenuLabel>
          {waiting ? `Being made: ${made.prepared} of ${made.of} photos` : title}
        </DropdownMenuLabel>
        {sizes.map(({ name, label, detail }) => (
          <DropdownMenuItem key={name} asChild disabled={waiting}>
            <a href={hrefOf(name)} download className="flex flex-col items-start gap-0">
              <span>{label}</span>
              <span className="text-muted-foreground text-xs">{detail}</span>
            </a>
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

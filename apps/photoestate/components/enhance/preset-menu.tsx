'use client';

import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from '@repo/ui/dropdown-menu';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type Preset, useTRPC } from '../../lib/trpc.ts';

type Props = {
  onChoose: (preset: Preset) => void;
  /** Said above the choices. */
  title?: string;
  align?: 'start' | 'end';
  /** The button that opens it. */
  children: ReactNode;
};

export function usePresets() {
  const trpc = useTRPC();
  return useQuery(trpc.enhancement.presets.queryOptions(undefined, { staleTime: Infinity }));
}

/** What a look is called, from the name that is stored. */
export function usePresetLabel(): (name: string) => string {
  const presets = usePresets();
  return (name) => presets.data?.find((preset) => preset.name === name)?.label ?? name;
}

/** The looks on offer, each with what it does. */
export function PresetMenu({ onChoose, title = 'Look', align = 'end', children }: Props) {
  const presets = usePresets();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>{children}</DropdownMenuTrigger>
      <DropdownMenuContent align={align} className="w-64">
        <DropdownMenuLabel>{title}</DropdownMenuLabel>
        {presets.data?.map(({ name, label, description }) => (
          <DropdownMenuItem key={name} onSelect={() => onChoose(name)} textValue={label}>
            <span>
              <span className="block font-medium">{label}</span>
              <span className="block text-muted-foreground text-xs leading-4">{description}</span>
            </span>
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

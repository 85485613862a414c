'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../lib/trpc.ts';

export function usePresets() {
  const trpc = useTRPC();
  return useQuery(trpc.enhancement.presets.queryOptions(undefined, { staleTime: Infinity }));
}

/** What a look is called, from the name that is stored. */
export function usePresetLabel(): (name: string) => string {
  const presets = usePresets();
  return (name) => presets.data?.find((preset) => preset.name === name)?.label ?? name;
}

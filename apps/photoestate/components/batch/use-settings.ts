'use client';

import { toast } from '@repo/ui/toaster';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';
import { counted } from '../../lib/listing-status.ts';
import { sceneName } from '../../lib/scene-edits.ts';
import { describeError, type Scene, useTRPC } from '../../lib/trpc.ts';
import { type Look, settingsOf } from '../enhance/look.ts';

const storageKey = 'copied-settings';
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

function read(): string | null {
  try {
    return sessionStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

/** Settings that were copied from a scene, to be pasted onto others; they last as long as the tab. */
export function useCopiedSettings() {
  const text = useSyncExternalStore(subscribe, read, () => null);
  const copied = text === null ? undefined : (JSON.parse(text) as { look: Look; from: string });
  const copy = useCallback((scene: Scene) => {
    const look = settingsOf(scene);
    if (look === undefined) {
      toast.error(`${sceneName(scene)} has no settings yet`, {
        description: 'Enhance it, or adjust its look, first.',
      });
      return;
    }
    try {
      sessionStorage.setItem(storageKey, JSON.stringify({ look, from: sceneName(scene) }));
    } catch {
      toast.error('The settings were not copied', {
        description: 'This browser keeps nothing for pages.',
      });
      return;
    }
    for (const listener of listeners) listener();
    toast.success(`Settings of ${sceneName(scene)} copied`);
  }, []);
  return { copied, copy };
}

/** Keeps settings for scenes without making anything of them. */
export function useKeepSettings(listingId: string) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const key = trpc.scene.list.queryKey({ listingId });
  const set = useMutation(
    trpc.scene.setSettings.mutationOptions({
      onMutate: async ({ sceneIds, look }) => {
        await queries.cancelQueries({ queryKey: key });
        const before = queries.getQueryData(key);
        const settings = look === null ? null : settled(look);
        queries.setQueryData(key, (scenes) =>
          scenes?.map((scene) => (sceneIds.includes(scene.id) ? { ...scene, settings } : scene)),
        );
        return before;
      },
      onError: (error, _input, before) => {
        queries.setQueryData(key, before);
        toast.error('The settings were not kept', { description: describeError(error).message });
      },
      onSettled: () => {
        void queries.invalidateQueries({ queryKey: key });
        void queries.invalidateQueries({ queryKey: trpc.enhancement.quote.pathKey() });
      },
    }),
  );
  return (scenes: readonly Scene[], look: Look | null) => {
    const before = scenes.map(({ id, settings }) => ({ id, settings }));
    const sceneIds = scenes.map(({ id }) => id);
    set.mutate(
      { listingId, sceneIds, look },
      {
        onSuccess: () => {
          const count = counted(scenes.length, 'scene');
          const undo = () => {
            for (const { id, settings } of before) {
              set.mutate({ listingId, sceneIds: [id], look: settings as Look | null });
            }
          };
          toast.success(
            look === null ? `${count} without settings of their own` : `Settings kept for ${count}`,
            {
              description:
                look === null ? undefined : 'They are used when the scenes are enhanced.',
              action: { label: 'Undo', onClick: undo },
              duration: 8000,
            },
          );
        },
      },
    );
  };
}

type Wish = {
  preset?: Look['preset'] | undefined;
  adjustments?: Look['adjustments'] | undefined;
  lookName?: string | null | undefined;
};

function settled({ preset, adjustments = {}, lookName = null }: Wish) {
  return { preset: preset ?? 'natural', adjustments, lookName };
}

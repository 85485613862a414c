'use client';

import { toast } from '@repo/ui/toaster';
import { useCallback, useSyncExternalStore } from 'react';
import { counted } from '../../lib/listing-status.ts';
import { sceneName } from '../../lib/scene-edits.ts';
import type { Scene } from '../../lib/trpc.ts';
import { type Look, settingsOf } from '../enhance/look.ts';
import { useOutbox } from '../offline/outbox.tsx';

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
  const outbox = useOutbox();
  const keep = (sceneIds: string[], look: Look | null) =>
    outbox.add({
      path: 'scene.setSettings',
      listingId,
      failed: 'The settings were not kept',
      input: { listingId, sceneIds, look },
    });
  return (scenes: readonly Scene[], look: Look | null) => {
    const { id } = keep(
      scenes.map((scene) => scene.id),
      look,
    );
    const count = counted(scenes.length, 'scene');
    const undo = () => {
      // Sent after the change itself, once the server may have heard of that.
      if (outbox.takeBack(id)) return;
      for (const { id: sceneId, settings } of scenes) keep([sceneId], settings as Look | null);
    };
    toast.success(
      look === null ? `${count} without settings of their own` : `Settings kept for ${count}`,
      {
        description: look === null ? undefined : 'They are used when the scenes are enhanced.',
        action: { label: 'Undo', onClick: undo },
        duration: 8000,
      },
    );
  };
}

'use client';

import { useEffect, useRef } from 'react';
import { counted } from '../../lib/listing-status.ts';
import { sceneName } from '../../lib/scene-edits.ts';
import type { Scene } from '../../lib/trpc.ts';
import { isBusy } from './listing-live.tsx';

/** Progress where people look from other windows: in the tab's title. */
export function useTabTitle(title: string | undefined): void {
  useEffect(() => {
    if (title !== undefined) document.title = `${title} – PhotoEstate Pro`;
  }, [title]);
}

/** Says when scenes end, and counts what is left in the tab's title; uploads are counted there by their trays. */
export function useSceneNews(
  listing: { address: string },
  scenes: readonly Scene[],
  announce: (text: string) => void,
): void {
  const busy = scenes.filter(isBusy).length;
  const state = busy > 0 ? `${counted(busy, 'scene')} left · ` : '';
  useTabTitle(`${state}${listing.address}`);

  const last = useRef(new Map<string, string>());
  useEffect(() => {
    for (const scene of scenes) {
      const { enhancement } = scene;
      if (!enhancement) continue;
      const state = enhancement.firstLook ? 'look' : enhancement.status;
      const before = last.current.get(enhancement.id);
      last.current.set(enhancement.id, state);
      if (before === undefined || before === state) continue;
      if (state === 'look') announce(`${sceneName(scene)}: a first look is there.`);
      if (state === 'done') announce(`${sceneName(scene)} is finished.`);
      if (state === 'failed') announce(`${sceneName(scene)} failed.`);
    }
  }, [scenes, announce]);
}

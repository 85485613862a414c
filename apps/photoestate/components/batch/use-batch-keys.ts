'use client';

import type { Scene } from '../../lib/trpc.ts';
import { useShortcuts } from '../shortcuts/shortcuts.tsx';
import type { Selection } from './selection.tsx';

type Deeds = {
  /** All that are shown. */
  scenes: readonly Scene[];
  selection: Selection;
  copy: (scene: Scene) => void;
  paste: (onto: readonly Scene[]) => void;
  merge: () => void;
  remove: (scenes: readonly Scene[]) => void;
};

const group = 'Scenes';

/** What keys do with the scenes that are selected, or with the one that has the focus. */
export function useBatchKeys({ scenes, selection, copy, paste, merge, remove }: Deeds): void {
  const { selected, toggle, all, clear } = selection;
  const sceneAt = ({ target }: KeyboardEvent) => {
    const card = target instanceof Element ? target.closest('[data-drop]') : null;
    return scenes.find(({ id }) => id === card?.getAttribute('data-drop'));
  };
  const meant = (event: KeyboardEvent): readonly Scene[] => {
    const scene = sceneAt(event);
    return selected.length > 0 ? selected : scene ? [scene] : [];
  };
  const deleteKeys = ['Delete', 'Backspace'];
  useShortcuts([
    {
      keys: ['x'],
      label: 'Select the scene, or not',
      group,
      scope: 'scene',
      run: (event) => {
        const scene = sceneAt(event);
        if (scene) toggle(scene.id);
      },
    },
    { keys: ['Mod+a'], label: 'Select all scenes', group, run: all },
    ...(selected.length > 0 ? [{ keys: ['Escape'], label: 'Select none', group, run: clear }] : []),
    { keys: ['g'], label: 'Merge what is selected into one scene', group, run: merge },
    {
      keys: [
        ...deleteKeys.map((key) => `Shift+${key}`),
        // With a frame in focus these delete that frame.
        ...(selected.length > 0 ? deleteKeys : []),
      ],
      caps: ['Shift', 'Delete'],
      label: 'Delete what is selected, or the scene',
      group,
      run: (event) => {
        const gone = meant(event);
        if (gone.length > 0) remove(gone);
      },
    },
    {
      keys: ['Mod+Shift+c'],
      label: 'Copy the settings of the scene',
      group,
      run: (event) => {
        const scene = sceneAt(event) ?? selected[0];
        if (scene) copy(scene);
      },
    },
    {
      keys: ['Mod+Shift+v'],
      label: 'Paste the settings onto what is selected',
      group,
      run: (event) => paste(meant(event)),
    },
  ]);
}

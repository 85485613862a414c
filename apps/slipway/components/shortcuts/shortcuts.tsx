'use client';

import { type ReactNode, useEffect, useMemo, useState } from 'react';
import {
  isSingleKey,
  matchShortcut,
  nameOfKey,
  type Shortcut,
} from '../../lib/shortcuts/shortcut.ts';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { singleKeysAreOn } from './single-keys.ts';
import { type Registry, RegistryContext, useShortcuts } from './use-shortcuts.ts';

/** A second key of a sequence must follow within this time. */
const SEQUENCE_MS = 1_000;

const TYPING = 'input:not([type=checkbox]), textarea, select, [contenteditable]';

function createRegistry(): Registry {
  const lists = new Map<string, () => readonly Shortcut[]>();
  return {
    add(id, read) {
      lists.set(id, read);
      return () => void lists.delete(id);
    },
    all: () => [...lists.values()].flatMap((read) => read()),
  };
}

/** Whether the key belongs to what has the focus: a field, a menu, a question. */
function isTaken(event: KeyboardEvent, name: string): boolean {
  if (event.defaultPrevented || event.isComposing) return true;
  const target = event.target instanceof Element ? event.target : null;
  if (document.querySelector('[role=dialog],[role=alertdialog],[role=menu]')) return true;
  if (target?.closest(TYPING)) return name !== 'mod+k';
  // Enter and Space press what is focused.
  const presses = name === 'Enter' || name === 'Space';
  return presses && target?.closest('a, button, input, summary') != null;
}

function listen(registry: Registry): () => void {
  let before: { name: string; at: number } | undefined;
  const onKeyDown = (event: KeyboardEvent) => {
    const name = nameOfKey(event);
    if (isTaken(event, name)) return;
    const fresh = before && event.timeStamp - before.at < SEQUENCE_MS ? before.name : undefined;
    const { shortcut, keys, begun } = matchShortcut(registry.all(), { before: fresh, name });
    before =
      begun && (!isSingleKey(name) || singleKeysAreOn())
        ? { name, at: event.timeStamp }
        : undefined;
    if (!shortcut || (isSingleKey(keys) && !singleKeysAreOn())) return;
    event.preventDefault();
    shortcut.run(event);
  };
  window.addEventListener('keydown', onKeyDown);
  return () => window.removeEventListener('keydown', onKeyDown);
}

/** The one place where keys are bound, and the sheet that tells them. */
export function Shortcuts({ children }: { children: ReactNode }) {
  const registry = useMemo(createRegistry, []);
  useEffect(() => listen(registry), [registry]);
  return (
    <RegistryContext value={registry}>
      {children}
      <Help registry={registry} />
    </RegistryContext>
  );
}

function Help({ registry }: { registry: Registry }) {
  const [shown, setShown] = useState<readonly Shortcut[]>();
  useShortcuts([
    {
      id: 'help',
      keys: ['?', 'mod+/'],
      label: 'Show the shortcuts',
      group: 'Everywhere',
      run: () => setShown(registry.all()),
    },
  ]);
  return shown ? <ShortcutSheet shortcuts={shown} onClose={() => setShown(undefined)} /> : null;
}

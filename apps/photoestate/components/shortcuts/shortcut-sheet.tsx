'use client';

import { Dialog, DialogContent } from '@repo/ui/dialog';
import { Kbd } from '@repo/ui/kbd';
import { Label } from '@repo/ui/label';
import { Switch } from '@repo/ui/switch';
import { Fragment, useId, useState, useSyncExternalStore } from 'react';
import { byGroup, keyCaps, type Shortcut, type ShortcutRegistry } from '../../lib/shortcuts.ts';

const storageKey = 'single-key-shortcuts';

export function readSingleKeys(): boolean {
  try {
    return localStorage.getItem(storageKey) !== 'off';
  } catch {
    return true;
  }
}

type Props = { registry: ShortcutRegistry; open: boolean; onOpenChange: (open: boolean) => void };

export function ShortcutSheet({ registry, open, onOpenChange }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title="Keyboard shortcuts"
        description="What the keys do on this page."
        className="max-w-xl"
      >
        <Keys registry={registry} />
        <SingleKeys registry={registry} />
      </DialogContent>
    </Dialog>
  );
}

function Keys({ registry }: { registry: ShortcutRegistry }) {
  const shortcuts = useSyncExternalStore(registry.subscribe, registry.list, registry.list);
  return (
    <div className="columns-1 gap-8 px-5 pt-4 sm:columns-2">
      {byGroup(shortcuts).map(([group, list]) => (
        <section key={group} className="mb-5 break-inside-avoid">
          <h3 className="mb-1 font-medium text-muted-foreground text-xs">{group}</h3>
          <dl className="divide-y">
            {list.map((shortcut) => (
              <KeyRow key={shortcut.label} shortcut={shortcut} />
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

function KeyRow({ shortcut }: { shortcut: Shortcut }) {
  const mac = typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.userAgent);
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 py-1.5">
      <dt className="min-w-0 grow basis-32 text-sm">{shortcut.label}</dt>
      <dd
        dir="ltr"
        className="ms-auto flex max-w-full flex-wrap items-center justify-end gap-1 text-muted-foreground text-xs"
      >
        {shortcut.caps?.map((cap) => <Kbd key={cap}>{cap}</Kbd>) ??
          shortcut.keys.map((key, index) => (
            <Fragment key={key}>
              {index > 0 ? 'or' : null}
              {keyCaps(key, mac).map((cap) => (
                <Kbd key={cap}>{cap}</Kbd>
              ))}
            </Fragment>
          ))}
      </dd>
    </div>
  );
}

/** Speech input and slips of the hand type single letters by accident: they can be switched off. */
function SingleKeys({ registry }: { registry: ShortcutRegistry }) {
  const id = useId();
  const [on, setOn] = useState(registry.singleKeys);
  return (
    <div className="flex items-center justify-between gap-4 rounded-b-xl border-t bg-muted px-5 py-3">
      <Label htmlFor={id}>Single-key shortcuts</Label>
      <Switch
        id={id}
        checked={on}
        onCheckedChange={(next) => {
          registry.singleKeys = next;
          setOn(next);
          try {
            localStorage.setItem(storageKey, next ? 'on' : 'off');
          } catch {
            // Storage may be switched off: the choice then lasts as long as the page.
          }
        }}
      />
    </div>
  );
}

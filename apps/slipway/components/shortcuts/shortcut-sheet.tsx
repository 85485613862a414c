'use client';

import { Dialog, DialogBody, DialogContent } from '@repo/ui/dialog';
import { Kbd } from '@repo/ui/kbd';
import { Label } from '@repo/ui/label';
import { Switch } from '@repo/ui/switch';
import { Fragment, useId, useState } from 'react';
import type { Shortcut } from '../../lib/shortcuts/shortcut.ts';
import { setSingleKeys, singleKeysAreOn } from './single-keys.ts';

const NAMES: Readonly<Record<string, string>> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  shift: 'Shift',
  alt: 'Alt',
};

function words(part: string): string {
  if (part === 'mod') return /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl';
  const name = NAMES[part];
  return name ?? (part.length === 1 ? part.toUpperCase() : part);
}

/** One way to press a shortcut, drawn as keys. */
export function Keys({ keys }: { keys: string }) {
  return (
    <span className="inline-flex items-center gap-1">
      {keys.split(' ').map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the steps of one fixed text
        <Fragment key={index}>
          {index > 0 ? <span className="text-muted-foreground text-xs">then</span> : null}
          {step.split('+').map((part) => (
            <Kbd key={part}>{words(part)}</Kbd>
          ))}
        </Fragment>
      ))}
    </span>
  );
}

type SheetProps = { shortcuts: readonly Shortcut[]; onClose: () => void };

/** Made from what is bound, so that it cannot tell anything else. */
export function ShortcutSheet({ shortcuts, onClose }: SheetProps) {
  const bound = shortcuts.filter(({ keys }) => keys.length > 0);
  const groups = Map.groupBy(bound, (shortcut) => shortcut.group);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title="Keyboard shortcuts" className="max-w-2xl">
        <DialogBody className="gap-6 pb-5">
          <div className="gap-8 sm:columns-2">
            {[...groups].map(([group, list]) => (
              <section key={group} className="mb-5 break-inside-avoid">
                <h3 className="mb-2 font-medium text-muted-foreground text-xs">{group}</h3>
                <ul className="flex flex-col gap-1.5 text-sm">
                  {list.map((shortcut) => (
                    <li key={shortcut.id} className="flex items-center justify-between gap-4">
                      {shortcut.label}
                      <span className="flex shrink-0 items-center gap-2">
                        {shortcut.keys.map((keys) => (
                          <Keys key={keys} keys={keys} />
                        ))}
                      </span>
                    </li>
                  ))}
                </ul>
              </section>
            ))}
          </div>
          <SingleKeys />
        </DialogBody>
      </DialogContent>
    </Dialog>
  );
}

function SingleKeys() {
  const id = useId();
  const [on, setOn] = useState(singleKeysAreOn);
  return (
    <div className="flex items-center justify-between gap-4 border-t pt-4">
      <div>
        <Label htmlFor={id}>Shortcuts of a single key</Label>
        <p className="text-muted-foreground text-sm">
          Off, letters and Space do nothing by themselves. Kept in this browser.
        </p>
      </div>
      <Switch
        id={id}
        checked={on}
        onCheckedChange={(checked) => {
          setSingleKeys(checked);
          setOn(checked);
        }}
      />
    </div>
  );
}

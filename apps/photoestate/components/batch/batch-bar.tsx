'use client';

import { Button } from '@repo/ui/button';
import {
  ChevronDown,
  ClipboardCopy,
  ClipboardPaste,
  Combine,
  Trash2,
  WandSparkles,
  X,
} from 'lucide-react';
import { counted } from '../../lib/listing-status.ts';
import type { Scene } from '../../lib/trpc.ts';
import { settingsOf } from '../enhance/look.ts';
import { PresetMenu } from '../enhance/preset-menu.tsx';
import { useTable } from '../worktable/table-context.tsx';
import { useSelection } from './selection.tsx';
import { useBatchKeys } from './use-batch-keys.ts';
import { useCopiedSettings, useKeepSettings } from './use-settings.ts';
import { useStartBatch } from './use-start.ts';

type Props = { listingId: string; scenes: readonly Scene[] };

/** What can be done with the scenes that are chosen; and the keys for it, which work without the mouse. */
export function BatchBar({ listingId, scenes }: Props) {
  const selection = useSelection();
  const { selected, clear } = selection;
  const { copied, copy } = useCopiedSettings();
  const keep = useKeepSettings(listingId);
  const start = useStartBatch(listingId);
  const [only] = selected;
  const { mergeScenes, deleteScenes, announce } = useTable();
  const paste = (onto: readonly Scene[]) => {
    if (copied && onto.length > 0) keep(onto, copied.look);
  };
  const merge = () => {
    const [into, ...from] = selected;
    if (!into || from.length === 0) return announce('Select two scenes or more to merge them.');
    mergeScenes(from, into);
  };
  useBatchKeys({ scenes, selection, copy, paste, merge, remove: deleteScenes });
  if (only === undefined) return null;
  const sceneIds = selected.map(({ id }) => id);
  const hasOwn = selected.some(({ settings }) => settings !== null);
  return (
    <section
      aria-label="Selection"
      className="fixed inset-x-0 bottom-4 z-30 mx-auto flex w-fit max-xl:bottom-[max(1rem,var(--tray,0px))] max-w-[calc(100vw-1.5rem)] flex-wrap items-center justify-center gap-1.5 rounded-xl border bg-popover p-2 shadow-dialog"
    >
      <p aria-live="polite" className="px-2 text-sm tabular-nums">
        {counted(selected.length, 'scene')} selected
      </p>
      {selected.length === 1 ? (
        <Button variant="ghost" onClick={() => copy(only)}>
          <ClipboardCopy />
          Copy settings
        </Button>
      ) : (
        <Button variant="ghost" title="G" onClick={merge}>
          <Combine />
          Merge
        </Button>
      )}
      {copied ? (
        <Button variant="ghost" title={`From ${copied.from}`} onClick={() => paste(selected)}>
          <ClipboardPaste />
          Paste settings
        </Button>
      ) : null}
      {hasOwn ? (
        <Button variant="ghost" onClick={() => keep(selected, null)}>
          Reset settings
        </Button>
      ) : null}
      <Button
        variant="ghost"
        title="Shift+Delete"
        onClick={() => deleteScenes(selected)}
        className="text-danger hover:bg-danger-soft"
      >
        <Trash2 />
        Delete
      </Button>
      <PresetMenu
        of={{ listingId, sceneIds }}
        align="end"
        title={`Enhance ${counted(selected.length, 'scene')}`}
        initial={settingsOf(only)}
        onKeep={(look) => keep(selected, look)}
        onChoose={(look) => start.mutate({ listingId, sceneIds, ...look }, { onSuccess: clear })}
      >
        <Button variant="primary" busy={start.isPending}>
          <WandSparkles />
          Enhance
          <ChevronDown className="-mr-1 size-3.5" />
        </Button>
      </PresetMenu>
      <Button size="icon" variant="ghost" aria-label="Select none" title="Esc" onClick={clear}>
        <X />
      </Button>
    </section>
  );
}

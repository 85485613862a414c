'use client';

import { Button } from '@repo/ui/button';
import { cn } from '@repo/ui/cn';
import {
  ChevronDown,
  ClipboardCopy,
  ClipboardPaste,
  Combine,
  RotateCcw,
  Trash2,
  WandSparkles,
  X,
} from 'lucide-react';
import type { ReactNode } from 'react';
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
      className="fixed inset-x-0 bottom-4 z-30 mx-auto flex w-fit max-xl:bottom-[max(1rem,var(--tray,0px))] max-w-[calc(100vw-1.5rem)] flex-wrap items-center justify-center gap-1.5 rounded-xl border bg-popover p-2 shadow-dialog max-sm:w-full"
    >
      <p
        aria-live="polite"
        className="px-2 text-sm tabular-nums max-sm:-order-2 max-sm:min-w-[calc(100%-2.5rem)]"
      >
        {counted(selected.length, 'scene')} selected
      </p>
      {selected.length > 1 ? (
        <Button variant="ghost" title="G" onClick={merge}>
          <Combine />
          Merge
        </Button>
      ) : (
        <Deed icon={<ClipboardCopy />} label="Copy settings" onClick={() => copy(only)} />
      )}
      {copied ? (
        <Deed
          icon={<ClipboardPaste />}
          label="Paste settings"
          title={`From ${copied.from}`}
          onClick={() => paste(selected)}
        />
      ) : null}
      {hasOwn ? (
        <Deed icon={<RotateCcw />} label="Reset settings" onClick={() => keep(selected, null)} />
      ) : null}
      <Deed
        icon={<Trash2 />}
        label="Delete"
        title="Shift+Delete"
        onClick={() => deleteScenes(selected)}
        className="text-danger hover:bg-danger-soft"
      />
      <PresetMenu
        of={{ listingId, sceneIds }}
        align="end"
        title={`Enhance ${counted(selected.length, 'scene')}`}
        initial={settingsOf(only)}
        onKeep={(look) => keep(selected, look)}
        onChoose={(look) => start.mutate({ listingId, sceneIds, ...look }, { onSuccess: clear })}
      >
        <Button variant="primary" busy={start.isPending} className="max-sm:ms-auto">
          <WandSparkles />
          Enhance
          <ChevronDown className="-me-1 size-3.5" />
        </Button>
      </PresetMenu>
      <Button
        size="icon"
        variant="ghost"
        aria-label="Select none"
        title="Esc"
        onClick={clear}
        className="max-sm:-order-1"
      >
        <X />
      </Button>
    </section>
  );
}

type DeedProps = {
  icon: ReactNode;
  label: string;
  title?: string;
  onClick: () => void;
  className?: string;
};

/** On a phone its picture alone, so that all of them have room beside each other. */
function Deed({ icon, label, title, onClick, className }: DeedProps) {
  return (
    <Button
      variant="ghost"
      title={title ?? label}
      onClick={onClick}
      className={cn('max-sm:px-2', className)}
    >
      {icon}
      <span className="max-sm:sr-only">{label}</span>
    </Button>
  );
}

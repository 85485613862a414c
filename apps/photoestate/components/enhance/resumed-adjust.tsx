'use client';

import { readDraft } from '@repo/ui/local';
import { useEffect, useState } from 'react';
import type { Scene } from '../../lib/trpc.ts';
import { useKeepSettings } from '../batch/use-settings.ts';
import { useStartBatch } from '../batch/use-start.ts';
import { useScenes } from '../worktable/listing-live.tsx';
import { AdjustDialog } from './adjust-dialog.tsx';
import { type AdjustDraft, adjustDraftOf } from './adjust-draft.ts';
import { useSceneWork } from './use-scene-work.ts';

/** What a person was adjusting when the page was loaded anew is open again, as it was. */
export function ResumedAdjust({ listingId }: { listingId: string }) {
  const [left, setLeft] = useState<AdjustDraft>();
  useEffect(() => setLeft(readDraft(adjustDraftOf({ listingId }))), [listingId]);
  return left ? <Found left={left} onClose={() => setLeft(undefined)} /> : null;
}

type Props = { left: AdjustDraft; onClose: () => void };

function Found({ left, onClose }: Props) {
  const scenes = useScenes(left.of.listingId).data;
  if (scenes === undefined) return null;
  const { of } = left;
  const ids = of.sceneId === undefined ? of.sceneIds : [of.sceneId];
  const about = scenes.filter(({ id }) => ids?.includes(id) ?? true);
  // What it was about went away meanwhile.
  if (about.length === 0) return null;
  return <Resumed left={left} about={about} onClose={onClose} />;
}

function Resumed({ left, about, onClose }: Props & { about: readonly Scene[] }) {
  const { of, look, mayKeep } = left;
  const { listingId, sceneId, sceneIds } = of;
  const all = useStartBatch(listingId);
  const one = useSceneWork(about[0] ?? { id: '', listingId, position: 0, label: null });
  const keep = useKeepSettings(listingId);
  return (
    <AdjustDialog
      of={of}
      draftKey={adjustDraftOf(of)}
      initial={look}
      onStart={(started) =>
        sceneId === undefined
          ? all.mutate({ listingId, ...(sceneIds && { sceneIds }), ...started })
          : one.start.mutate({ sceneId, ...started })
      }
      onKeep={mayKeep ? (next) => keep(about, next) : undefined}
      onClose={onClose}
      returnFocus={() => document.querySelector('main')?.focus()}
    />
  );
}

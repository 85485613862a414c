'use client';

import { cn } from '@repo/ui/cn';
import { RelativeTime } from '@repo/ui/time';
import { adjustmentTexts } from '../../lib/adjustments.ts';
import type { Enhancement } from '../../lib/trpc.ts';
import { usePresetLabel } from '../enhance/use-presets.ts';
import { Thumb } from '../thumb.tsx';

type Props = {
  versions: readonly Enhancement[];
  current: string | undefined;
  onChoose: (enhancementId: string) => void;
};

/** Every finished version, newest first. Nothing is overwritten: each can be looked at again. */
export function Versions({ versions, current, onChoose }: Props) {
  const labelOf = usePresetLabel();
  return (
    <ul className="-mx-2 flex flex-col">
      {versions.map((version) => (
        <li key={version.id}>
          <button
            type="button"
            aria-pressed={version.id === current}
            onClick={() => onChoose(version.id)}
            className={cn(
              'flex w-full items-center gap-3 rounded-md px-2 py-1.5 text-left hover:bg-muted',
              version.id === current && 'bg-hover hover:bg-hover',
            )}
          >
            <span className="h-10 w-15 shrink-0 overflow-hidden rounded-sm bg-canvas">
              {version.urls ? (
                <Thumb src={version.urls.thumb} alt="" className="size-full object-cover" />
              ) : null}
            </span>
            <span className="min-w-0 flex-1">
              <span className="block truncate text-sm">
                {labelOf(version.preset)}
                {adjustmentTexts(version.adjustments).length > 0 ? ', adjusted' : ''}
              </span>
              <span className="block truncate text-muted-foreground text-xs">
                {version.outdated ? 'From other frames · ' : ''}
                <RelativeTime value={version.finishedAt ?? version.createdAt} />
              </span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

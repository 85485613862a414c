'use client';

import { Button } from '@repo/ui/button';
import { cn } from '@repo/ui/cn';
import { Eye, Maximize, ZoomIn, ZoomOut } from 'lucide-react';
import { fullScale, type StageControl } from '../../lib/compare/gestures.ts';
import { zoomAt } from '../../lib/compare/view.ts';

type Props = StageControl & {
  scale: number;
  fit: number;
  blink: boolean;
  setBlink: (on: boolean) => void;
};

const sides = [
  { label: 'Original', ratio: 1, key: '1' },
  { label: 'Split', ratio: 0.5, key: '2' },
  { label: 'Result', ratio: 0, key: '3' },
] as const;

function isOn(wanted: number, ratio: number): boolean {
  if (wanted === 0.5) return ratio > 0 && ratio < 1;
  return wanted === ratio;
}

/** The stage's buttons: everything that keys and gestures do can also be pressed. */
export function StageTools({ both, ratio, setRatio, blink, setBlink, ...zoom }: Props) {
  return (
    <div className="flex h-12 shrink-0 items-center justify-between gap-2 border-t bg-card px-2 sm:px-3">
      {both ? (
        <div className="flex items-center gap-2">
          <fieldset className="flex rounded-md border p-0.5">
            <legend className="sr-only">Show</legend>
            {sides.map((side) => (
              <button
                key={side.label}
                type="button"
                aria-pressed={isOn(side.ratio, ratio)}
                aria-keyshortcuts={side.key}
                title={`${side.label} (${side.key})`}
                onClick={() => setRatio(side.ratio)}
                className={cn(
                  'h-7 rounded-sm px-2.5 font-medium text-muted-foreground text-xs hover:text-foreground',
                  isOn(side.ratio, ratio) && 'bg-hover text-foreground',
                )}
              >
                {side.label}
              </button>
            ))}
          </fieldset>
          <Button
            size="sm"
            variant="ghost"
            aria-pressed={blink}
            title="Hold for the original (B)"
            className="touch-none max-sm:hidden"
            onPointerDown={() => setBlink(true)}
            onPointerUp={() => setBlink(false)}
            onPointerLeave={() => setBlink(false)}
            onPointerCancel={() => setBlink(false)}
            onContextMenu={(event) => event.preventDefault()}
            onKeyDown={({ key }) => (key === ' ' || key === 'Enter') && setBlink(true)}
            onKeyUp={() => setBlink(false)}
            onBlur={() => setBlink(false)}
          >
            <Eye />
            Hold for original
          </Button>
        </div>
      ) : (
        <span />
      )}
      <ZoomTools {...zoom} />
    </div>
  );
}

type ZoomProps = Pick<Props, 'frame' | 'view' | 'setView' | 'scale' | 'fit'>;

function ZoomTools({ frame, view, setView, scale, fit }: ZoomProps) {
  const at = { x: frame.stage.width / 2, y: frame.stage.height / 2 };
  const zoomTo = (wanted: number) => setView(zoomAt(view, frame, { scale: wanted, at }));
  const percent = typeof window === 'undefined' ? 100 : Math.round((scale / fullScale()) * 100);
  return (
    <div className="flex items-center gap-0.5">
      <Button
        size="icon"
        variant="ghost"
        aria-label="Fit the window"
        title="Fit (0)"
        aria-pressed={view === 'fit'}
        onClick={() => setView('fit')}
      >
        <Maximize />
      </Button>
      <Button
        size="icon"
        variant="ghost"
        aria-label="Zoom out"
        title="Zoom out (−)"
        disabled={view === 'fit'}
        onClick={() => zoomTo(scale / 1.5)}
      >
        <ZoomOut />
      </Button>
      <Button
        size="sm"
        variant="ghost"
        aria-label={`Zoom is ${percent} %. Show at 100 %`}
        title="100 % (Z)"
        className="w-14 tabular-nums"
        onClick={() => zoomTo(Math.max(fullScale(), fit * 1.01))}
      >
        {percent} %
      </Button>
      <Button
        size="icon"
        variant="ghost"
        aria-label="Zoom in"
        title="Zoom in (+)"
        onClick={() => zoomTo(scale * 1.5)}
      >
        <ZoomIn />
      </Button>
    </div>
  );
}

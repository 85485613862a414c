'use client';

import { Button } from '@repo/ui/button';
import { Maximize, ZoomIn, ZoomOut } from 'lucide-react';
import { fullScale, type StageControl } from '../../lib/compare/gestures.ts';
import { zoomAt } from '../../lib/compare/view.ts';

type Props = { control: StageControl; scale: number; fit: number };

export function ZoomTools({ control: { frame, view, setView }, scale, fit }: Props) {
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

'use client';

import { cn } from '@repo/ui/cn';
import { type ReactNode, useRef, useState } from 'react';
import type { StageControl } from '../../lib/compare/gestures.ts';
import { panesOf, type StageMode } from '../../lib/compare/modes.ts';
import type { StagePicture } from '../../lib/compare/stage-picture.ts';
import { fitScale, placePhoto, scaleOf, type View, visiblePart } from '../../lib/compare/view.ts';
import { Clipping } from './clipping.tsx';
import { Histograms } from './histograms.tsx';
import { Loupe } from './loupe.tsx';
import { Picture } from './picture.tsx';
import { Sides } from './sides.tsx';
import { StageLabel } from './stage-label.tsx';
import { StageTools } from './stage-tools.tsx';
import { useAlternation } from './use-alternation.ts';
import { useAnalyst } from './use-analyst.ts';
import { useDifference } from './use-difference.ts';
import { useStageKeys } from './use-stage-keys.ts';
import { useStagePointers } from './use-stage-pointers.ts';
import { useStageSize } from './use-stage-size.ts';
import { useToolbox } from './use-toolbox.ts';
import { useView } from './use-view.ts';

export type StageProps = {
  /** What is seen, for those who do not see it: "Kitchen". */
  name: string;
  /** Without one of them the other one is shown alone; both are laid out in the right one's pixels. */
  left: StagePicture | undefined;
  right: StagePicture | undefined;
  /** Kept outside, in an address say; left out: the stage keeps it. */
  mode?: StageMode;
  onMode?: (mode: StageMode) => void;
  /** How it is zoomed at first; left out: all of the photo is seen. */
  initialView?: View;
  /** Told once a zoom or pan has come to rest. */
  onView?: (view: View) => void;
  /** With histograms, clipping and loupe: for those who judge a photo, not for those who enjoy it. */
  analysis?: boolean;
  /** Where its keys are heard, as `data-keys` names it; left out: on the whole page. */
  keys?: string;
  /** As high as its parent also on phones, where it otherwise leaves room for what is below. */
  fill?: boolean;
  /** Over the picture. */
  children?: ReactNode;
  className?: string;
};

/**
 * Two pictures of one view in the same place, to be compared by slider, side by side, as overlay, blinking
 * or by their difference; zoom and pan move both. It fills its parent, knows nothing of listings, and binds
 * its keys to the `Shortcuts` above it.
 */
export function Stage(props: StageProps) {
  const { name, left, right, mode, onMode, analysis = false } = props;
  const { keys, fill, children, className } = props;
  const element = useRef<HTMLDivElement>(null);
  const stage = useStageSize(element);
  const [view, setView] = useView(props);
  const [ratio, setRatio] = useState(0.5);
  const [peek, setPeek] = useState(false);
  const [ownMode, setOwnMode] = useState<StageMode>('slider');
  const [gain, setGain] = useState(2);
  const both = left !== undefined && right !== undefined;
  const shown = both ? (mode ?? ownMode) : 'slider';
  const size = (right ?? left)?.size ?? { width: 3, height: 2 };

  const { tools, loupe, lookAt } = useToolbox(analysis);
  const difference = both && shown === 'difference' ? { left, right } : undefined;
  const analyst = useAnalyst(
    tools !== undefined && (tools.on.histogram || tools.on.clipping || difference !== undefined),
  );
  const figures = useDifference(analyst, difference);

  const panes = panesOf(shown === 'side', stage, size);
  const pane = panes[0] ?? stage;
  const box = placePhoto(view, size, pane);
  const control: StageControl = {
    frame: { photo: size, stage: pane },
    view,
    setView,
    ratio,
    setRatio,
    seen: visiblePart(box, pane),
    dividable: both && !tools?.on.loupe && (shown === 'slider' || shown === 'overlay'),
    onTap: shown === 'blink' ? () => setRatio(ratio > 0.5 ? 0 : 1) : undefined,
    onHover: tools?.on.loupe
      ? (at, corner) => {
          const spot = { x: (at.x - box.x) / box.width, y: (at.y - box.y) / box.height };
          lookAt({ spot, corner });
        }
      : undefined,
    panes,
  };
  const choice = {
    both,
    mode: shown,
    setMode: (next: StageMode) => {
      // Blinking ends with one of the two: another mode begins with both.
      if (shown === 'blink') setRatio(0.5);
      setOwnMode(next);
      onMode?.(next);
    },
    peek,
    setPeek,
    gain,
    setGain,
    tools,
    names: { left: left?.label ?? '', right: right?.label ?? '' },
  };
  useAlternation(shown === 'blink' && !peek, () => setRatio((now) => (now > 0.5 ? 0 : 1)));
  const pointers = useStagePointers(element, control);
  useStageKeys(control, choice, keys);

  const only = right ?? left;
  const overlayOf =
    analyst && tools?.on.clipping
      ? ({ preview, full }: StagePicture) => <Clipping analyst={analyst} url={preview ?? full} />
      : undefined;
  return (
    <section aria-label={name} className={cn('flex min-h-0 flex-1 flex-col', className)}>
      <div
        ref={element}
        {...pointers}
        // What is at the left of a photo is so in every script.
        dir="ltr"
        className={cn(
          'relative w-full touch-none select-none overflow-hidden bg-canvas',
          fill
            ? 'min-h-0 flex-1'
            : 'aspect-5/4 max-h-[64dvh] md:aspect-auto md:max-h-none md:min-h-0 md:flex-1',
          view === 'fit'
            ? control.dividable && 'cursor-ew-resize'
            : 'cursor-grab active:cursor-grabbing',
        )}
      >
        {stage.width === 0 ? null : both ? (
          <Sides
            {...{
              name,
              mode: shown,
              left,
              right,
              box,
              panes,
              ratio,
              peek,
              gain,
              figures,
              overlayOf,
            }}
          />
        ) : only ? (
          <>
            <Picture
              {...only}
              place={box}
              alt={`${name}, ${only.label.toLowerCase()}`}
              overlay={overlayOf?.(only)}
            />
            <StageLabel seen={control.seen}>{only.label}</StageLabel>
          </>
        ) : null}
        {analyst && tools?.on.histogram ? (
          <Histograms analyst={analyst} left={left} right={right} />
        ) : null}
        {tools?.on.loupe && only && stage.width > 0 ? (
          <Loupe
            {...{ left, right, size, stage }}
            spot={loupe.spot}
            at={{
              x: loupe.corner.x + box.x + loupe.spot.x * box.width,
              y: loupe.corner.y + box.y + loupe.spot.y * box.height,
            }}
          />
        ) : null}
        {children}
      </div>
      <StageTools
        control={control}
        choice={choice}
        scale={scaleOf(view, size, pane)}
        fit={fitScale(size, pane)}
      />
    </section>
  );
}

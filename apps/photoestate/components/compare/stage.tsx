'use client';

import { cn } from '@repo/ui/cn';
import { type ReactNode, useRef, useState } from 'react';
import {
  type Crop,
  fitScale,
  placeExposure,
  placePhoto,
  type Size,
  scaleOf,
  type View,
  visiblePart,
} from '../../lib/compare/view.ts';
import { Divider } from './divider.tsx';
import { Picture } from './picture.tsx';
import { StageTools } from './stage-tools.tsx';
import { useStageKeys } from './use-stage-keys.ts';
import { useStagePointers } from './use-stage-pointers.ts';
import { useStageSize } from './use-stage-size.ts';

type Sources = { preview: string | null; full: string };

type Props = {
  name: string;
  /** Pixels of the finished photo: both sides are laid out in it, so they cannot drift apart. */
  size: Size;
  before: Sources | undefined;
  after: Sources | undefined;
  /** What of the original the result shows. */
  crop: Crop | undefined;
  /** What stands there, when it is neither the original nor the result. */
  note?: string;
  children?: ReactNode;
};

/** Original and result of one scene in the same place, divided by a line that can be moved. */
export function Stage({ name, size, before, after, crop, note, children }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const stage = useStageSize(element);
  const [view, setView] = useState<View>('fit');
  const [ratio, setRatio] = useState(0.5);
  const [blink, setBlink] = useState(false);
  const box = placePhoto(view, size, stage);
  const seen = visiblePart(box, stage);
  const frame = { photo: size, stage };
  const both = before !== undefined && after !== undefined;
  const shown = !after || blink ? 1 : !before ? 0 : ratio;
  const control = { frame, view, setView, ratio, setRatio, seen, both };

  const pointers = useStagePointers(element, control);
  useStageKeys({ ...control, setBlink });

  const line = seen.x + seen.width * shown;
  const scale = scaleOf(view, size, stage);
  const ready = stage.width > 0;
  return (
    <section aria-label={name} className="flex min-h-0 flex-1 flex-col">
      <div
        ref={element}
        {...pointers}
        className={cn(
          'relative aspect-5/4 max-h-[64dvh] w-full touch-none select-none overflow-hidden bg-canvas md:aspect-auto md:max-h-none md:min-h-0 md:flex-1',
          view === 'fit' ? (both ? 'cursor-ew-resize' : '') : 'cursor-grab active:cursor-grabbing',
        )}
      >
        {ready ? (
          <>
            {after ? (
              <Picture {...after} box={box} alt={`${name}, ${note?.toLowerCase() ?? 'finished'}`} />
            ) : null}
            {before ? (
              <Picture
                {...before}
                box={after ? placeExposure(box, crop) : box}
                alt={`${name}, original`}
                seen={after ? { ...box, width: Math.max(0, line - box.x) } : box}
              />
            ) : null}
            {note ? (
              <StageLabel at={{ left: seen.x + 10, top: seen.y + 10 }}>{note}</StageLabel>
            ) : null}
            {both ? <SideLabels ratio={shown} seen={seen} /> : null}
            {both ? <Divider x={line} seen={seen} ratio={ratio} hidden={blink} /> : null}
          </>
        ) : null}
        {children}
      </div>
      <StageTools
        {...control}
        scale={scale}
        fit={fitScale(size, stage)}
        setBlink={setBlink}
        blink={blink}
      />
    </section>
  );
}

type SideLabelsProps = { ratio: number; seen: { x: number; y: number; width: number } };

/** Says which side is which, for as long as there is such a side. */
function SideLabels({ ratio, seen }: SideLabelsProps) {
  const room = 90 / Math.max(1, seen.width);
  return (
    <>
      <StageLabel
        at={{ left: seen.x + 10, top: seen.y + 10 }}
        className={ratio < room ? 'opacity-0' : ''}
      >
        Original
      </StageLabel>
      <StageLabel
        at={{ left: seen.x + seen.width - 10, top: seen.y + 10 }}
        className={cn('-translate-x-full', ratio > 1 - room && 'opacity-0')}
      >
        Result
      </StageLabel>
    </>
  );
}

type StageLabelProps = {
  at: { left: number; top: number };
  className?: string;
  children: ReactNode;
};

function StageLabel({ at, className, children }: StageLabelProps) {
  return (
    <span
      aria-hidden="true"
      className={cn(
        'pointer-events-none absolute rounded-sm bg-black/65 px-2 py-1 font-medium text-white text-xs transition-opacity',
        className,
      )}
      style={at}
    >
      {children}
    </span>
  );
}

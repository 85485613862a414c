'use client';

import { Skeleton } from '@repo/ui/skeleton';
import { outlineOf, peakOf } from '../../lib/compare/analysis.ts';
import type { Analyst, Measured } from '../../lib/compare/analyst.ts';
import type { StagePicture } from '../../lib/compare/stage-picture.ts';
import { sharedPart } from '../../lib/compare/view.ts';
import { type Answered, useAnswer } from './use-analyst.ts';

type Props = {
  analyst: Analyst;
  left: StagePicture | undefined;
  right: StagePicture | undefined;
};

const height = 64;

/** The histograms of both pictures on one scale, of the part that both show. */
export function Histograms({ analyst, left, right }: Props) {
  const ofLeft = useHistogram(analyst, left, right);
  const ofRight = useHistogram(analyst, right, left);
  const known = [ofLeft, ofRight].flatMap((each) => (each && 'value' in each ? [each.value] : []));
  const peak = peakOf(known);
  return (
    <div className="pointer-events-none absolute bottom-2.5 left-2.5 flex max-w-[calc(100%-1.25rem)] gap-2">
      {left ? <Card picture={left} answer={ofLeft} peak={peak} /> : null}
      {right ? <Card picture={right} answer={ofRight} peak={peak} /> : null}
    </div>
  );
}

function useHistogram(
  analyst: Analyst,
  picture: StagePicture | undefined,
  other: StagePicture | undefined,
): Answered<Measured> {
  const part = sharedPart(picture?.shows, other?.shows);
  const url = picture && (picture.preview ?? picture.full);
  const key = url ? JSON.stringify([url, part]) : null;
  return useAnswer(key, () => analyst.histogram(url ?? '', part));
}

function percent(share: number): string {
  const value = share * 100;
  if (value === 0) return '0 %';
  return value < 0.1 ? '< 0.1 %' : `${value.toFixed(1)} %`;
}

type CardProps = { picture: StagePicture; answer: Answered<Measured>; peak: number };

function Card({ picture, answer, peak }: CardProps) {
  const took = answer && 'value' in answer ? Math.round(answer.value.milliseconds) : undefined;
  return (
    <figure
      data-milliseconds={took}
      className="w-36 min-w-0 rounded-md bg-black/75 p-1.5 text-white sm:w-56 sm:p-2"
    >
      {answer === undefined ? (
        <Skeleton className="h-16 w-full rounded-sm bg-white/15" />
      ) : 'failed' in answer ? (
        <p className="flex h-16 items-center justify-center text-xs">Not to be had right now</p>
      ) : (
        <Curves measured={answer.value} peak={peak} label={picture.label} />
      )}
      <figcaption className="mt-1 flex justify-between gap-2 text-[11px] leading-4">
        <span className="truncate font-medium">{picture.label}</span>
        {answer && 'value' in answer ? (
          <span className="flex shrink-0 gap-2 tabular-nums max-sm:hidden">
            <span title="Lost shadows">▼ {percent(answer.value.shadows)}</span>
            <span title="Lost highlights">▲ {percent(answer.value.highlights)}</span>
          </span>
        ) : null}
      </figcaption>
    </figure>
  );
}

function Curves({ measured, peak, label }: { measured: Measured; peak: number; label: string }) {
  const { red, green, blue, luma, shadows, highlights } = measured;
  const lost = `${percent(shadows)} of the shadows and ${percent(highlights)} of the highlights are lost`;
  return (
    <svg
      viewBox={`0 0 255 ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`Histogram of ${label}: ${lost}`}
      className="h-16 w-full"
    >
      <g style={{ mixBlendMode: 'screen' }} className="isolate">
        <path d={outlineOf(red, peak, height)} fill="#e5484d" style={{ mixBlendMode: 'screen' }} />
        <path
          d={outlineOf(green, peak, height)}
          fill="#30a46c"
          style={{ mixBlendMode: 'screen' }}
        />
        <path d={outlineOf(blue, peak, height)} fill="#3e63dd" style={{ mixBlendMode: 'screen' }} />
      </g>
      <path
        d={outlineOf(luma, peak, height)}
        fill="none"
        stroke="#fff"
        strokeOpacity={0.9}
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}

'use client';

import { Button } from '@repo/ui/button';
import { cn } from '@repo/ui/cn';
import {
  Blend,
  ChartArea,
  Columns2,
  Diff,
  Eye,
  EyeClosed,
  Search,
  SquareSplitHorizontal,
  TriangleAlert,
} from 'lucide-react';
import type { ComponentType } from 'react';
import type { StageControl } from '../../lib/compare/gestures.ts';
import { type StageMode, stageModes } from '../../lib/compare/modes.ts';
import { type StageChoice, type StageToolbox, type ToolName, toolNames } from './stage-choice.ts';
import { modeKeys, toolKeys } from './use-stage-keys.ts';
import { ZoomTools } from './zoom-tools.tsx';

type Props = { control: StageControl; choice: StageChoice; scale: number; fit: number };

/** The stage's buttons: everything that keys and gestures do can also be pressed. */
export function StageTools({ control, choice, scale, fit }: Props) {
  return (
    <div className="flex min-h-12 shrink-0 flex-wrap items-center justify-between gap-x-3 gap-y-1 border-t bg-card px-2 py-1.5 sm:px-3">
      {choice.both ? (
        // Where there is no room for all of it, what is left stands beside the zoom.
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 max-sm:contents">
          <Modes {...choice} />
          <Share control={control} choice={choice} />
          <Peek {...choice} />
        </div>
      ) : (
        <span />
      )}
      <div className="flex items-center gap-1">
        {choice.tools ? <Tools tools={choice.tools} /> : null}
        <ZoomTools control={control} scale={scale} fit={fit} />
      </div>
    </div>
  );
}

const modeIcons: Record<StageMode, ComponentType> = {
  slider: SquareSplitHorizontal,
  side: Columns2,
  overlay: Blend,
  blink: EyeClosed,
  difference: Diff,
};

const group = 'flex rounded-md border p-0.5';

function item(on: boolean): string {
  return cn(
    'flex h-7 items-center justify-center rounded-sm font-medium text-muted-foreground text-xs hover:text-foreground [&_svg]:size-4',
    on && 'bg-hover text-foreground',
  );
}

function Modes({ mode, setMode }: StageChoice) {
  return (
    <fieldset className={group}>
      <legend className="sr-only">Compare by</legend>
      {stageModes.map((each) => {
        const Icon = modeIcons[each];
        const { key, label } = modeKeys[each];
        return (
          <button
            key={each}
            type="button"
            aria-pressed={each === mode}
            aria-label={label}
            aria-keyshortcuts={key}
            title={`${label} (${key.toUpperCase()})`}
            onClick={() => setMode(each)}
            className={cn(item(each === mode), 'w-8')}
          >
            <Icon />
          </button>
        );
      })}
    </fieldset>
  );
}

const toolIcons: Record<ToolName, ComponentType> = {
  histogram: ChartArea,
  clipping: TriangleAlert,
  loupe: Search,
};

function Tools({ tools: { on, toggle } }: { tools: StageToolbox }) {
  return toolNames.map((name) => {
    const Icon = toolIcons[name];
    const { key, label } = toolKeys[name];
    return (
      <Button
        key={name}
        size="icon"
        variant="ghost"
        aria-label={label}
        aria-pressed={on[name]}
        aria-keyshortcuts={key}
        title={`${label} (${key.toUpperCase()})`}
        onClick={() => toggle(name)}
        className={cn(on[name] ? 'bg-hover' : 'text-muted-foreground')}
      >
        <Icon />
      </Button>
    );
  });
}

/** How much of each picture, in the modes that have an answer to that. */
function Share({ control, choice }: Pick<Props, 'control' | 'choice'>) {
  const { ratio, setRatio } = control;
  const { mode, names, gain, setGain } = choice;
  if (mode === 'difference') return <Gain gain={gain} setGain={setGain} />;
  if (mode === 'side') return null;
  if (mode === 'overlay') {
    const percent = Math.round((1 - ratio) * 100);
    return (
      <input
        type="range"
        dir="ltr"
        min={0}
        max={100}
        value={percent}
        aria-label={`Opacity of ${names.right}`}
        aria-valuetext={`${percent} %`}
        onChange={({ target }) => setRatio(1 - Number(target.value) / 100)}
        className="h-8 w-40 accent-primary"
      />
    );
  }
  const shares = [
    { label: names.left, ratio: 1, key: '1' },
    ...(mode === 'slider' ? [{ label: 'Split', ratio: 0.5, key: '2' }] : []),
    { label: names.right, ratio: 0, key: '3' },
  ];
  return (
    <fieldset dir="ltr" className={group}>
      <legend className="sr-only">Show</legend>
      {shares.map((share) => (
        <button
          key={share.key}
          type="button"
          aria-pressed={isOn(share.ratio, ratio)}
          aria-keyshortcuts={share.key}
          title={`${share.label} (${share.key})`}
          onClick={() => setRatio(share.ratio)}
          className={cn(item(isOn(share.ratio, ratio)), 'px-2.5')}
        >
          <span className="max-w-28 truncate">{share.label}</span>
        </button>
      ))}
    </fieldset>
  );
}

function isOn(wanted: number, ratio: number): boolean {
  if (wanted === 0.5) return ratio > 0 && ratio < 1;
  return wanted === ratio;
}

const gains = [1, 2, 4, 8];

function Gain({ gain, setGain }: Pick<StageChoice, 'gain' | 'setGain'>) {
  return (
    <fieldset className={group}>
      <legend className="sr-only">Enlarge the difference</legend>
      {gains.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={each === gain}
          onClick={() => setGain(each)}
          className={cn(item(each === gain), 'w-9 tabular-nums')}
        >
          × {each}
        </button>
      ))}
    </fieldset>
  );
}

function Peek({ peek, setPeek, names }: StageChoice) {
  return (
    <Button
      size="sm"
      variant="ghost"
      aria-pressed={peek}
      title={`Hold for ${names.left} (B)`}
      className="touch-none"
      onPointerDown={() => setPeek(true)}
      onPointerUp={() => setPeek(false)}
      onPointerLeave={() => setPeek(false)}
      onPointerCancel={() => setPeek(false)}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={({ key }) => (key === ' ' || key === 'Enter') && setPeek(true)}
      onKeyUp={() => setPeek(false)}
      onBlur={() => setPeek(false)}
    >
      <Eye />
      <span className="max-w-40 truncate max-sm:sr-only">Hold for {names.left.toLowerCase()}</span>
    </Button>
  );
}

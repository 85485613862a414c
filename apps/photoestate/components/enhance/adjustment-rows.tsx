'use client';

import { cn } from '@repo/ui/cn';
import { Slider } from '@repo/ui/slider';
import { Switch } from '@repo/ui/switch';
import { type ReactNode, useId } from 'react';
import {
  type AdjustmentName,
  adjustmentWords,
  brightnessText,
  isSwitch,
  shareText,
} from '../../lib/adjustments.ts';
import type { Adjustments, AdjustmentValues } from '../../lib/trpc.ts';

type Props = {
  offered: readonly AdjustmentName[];
  values: AdjustmentValues;
  exposures: number | undefined;
  onChange: (change: Adjustments) => void;
};

/** One row for each adjustment that the engine has. */
export function AdjustmentRows({ offered, values, exposures, onChange }: Props) {
  return (
    <div className="flex flex-col gap-3.5">
      {offered.map((name) => {
        if (name === 'brightness') {
          return (
            <SliderRow
              key={name}
              name={name}
              range={{ min: -2, max: 2, step: 1 }}
              value={values.brightness}
              text={brightnessText(values.brightness)}
              onChange={(brightness) => onChange({ brightness })}
            />
          );
        }
        if (!isSwitch(name)) {
          return (
            <SliderRow
              key={name}
              name={name}
              range={{ min: 0, max: 1, step: 0.05 }}
              value={values.whiteBalance}
              text={shareText(values.whiteBalance)}
              onChange={(whiteBalance) => onChange({ whiteBalance })}
            />
          );
        }
        const alone = name === 'windows' && exposures === 1;
        return (
          <SwitchRow
            key={name}
            name={name}
            on={values[name] && !alone}
            unavailable={alone ? 'Needs a darker exposure of the same view.' : undefined}
            onChange={(on) => onChange({ [name]: on })}
          />
        );
      })}
    </div>
  );
}

type RowProps = { name: AdjustmentName; id: string; hint?: ReactNode; dim?: boolean };

function RowText({ name, id, hint = adjustmentWords[name].hint, dim }: RowProps) {
  return (
    <span className={cn('min-w-0 flex-1', dim && 'opacity-60')}>
      <label htmlFor={id} className="block font-medium text-sm">
        {adjustmentWords[name].label}
      </label>
      <span id={`${id}-hint`} className="block text-muted-foreground text-xs leading-4">
        {hint}
      </span>
    </span>
  );
}

type SliderProps = {
  name: AdjustmentName;
  range: { min: number; max: number; step: number };
  value: number;
  text: string;
  onChange: (value: number) => void;
};

function SliderRow({ name, range, value, text, onChange }: SliderProps) {
  const id = useId();
  return (
    <div>
      <div className="flex items-baseline gap-3">
        <RowText name={name} id={id} />
        <output htmlFor={id} className="text-muted-foreground text-xs tabular-nums">
          {text}
        </output>
      </div>
      <Slider
        id={id}
        {...range}
        value={value}
        aria-describedby={`${id}-hint`}
        aria-valuetext={text}
        onChange={(event) => onChange(event.target.valueAsNumber)}
        className="mt-1.5"
      />
    </div>
  );
}

type SwitchProps = {
  name: AdjustmentName;
  on: boolean;
  /** Why it cannot be switched. */
  unavailable: string | undefined;
  onChange: (on: boolean) => void;
};

function SwitchRow({ name, on, unavailable, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div className="flex items-center gap-3">
      <RowText name={name} id={id} hint={unavailable} dim={unavailable !== undefined} />
      <Switch
        id={id}
        checked={on}
        disabled={unavailable !== undefined}
        aria-describedby={`${id}-hint`}
        onCheckedChange={onChange}
      />
    </div>
  );
}

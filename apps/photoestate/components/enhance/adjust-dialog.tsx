'use client';

import { Button } from '@repo/ui/button';
import { cn } from '@repo/ui/cn';
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from '@repo/ui/dialog';
import { Skeleton } from '@repo/ui/skeleton';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { changedFrom, valuesOf } from '../../lib/adjustments.ts';
import { type Adjustments, type Controls, type Preset, useTRPC } from '../../lib/trpc.ts';
import { Cost, type Priced } from '../credits/cost.tsx';
import { LoadFailed } from '../load-failed.tsx';
import { AdjustmentRows } from './adjustment-rows.tsx';
import { usePresets } from './use-presets.ts';

export type Look = { preset: Preset; adjustments: Adjustments };

type Props = {
  of: Priced;
  /** Where it starts: a look that was made before, or none. */
  initial: Look | undefined;
  /** Of the scene; left out for a whole listing. */
  exposures: number | undefined;
  onStart: (look: Look) => void;
  onClose: () => void;
  /** Takes the focus back when it closes. */
  returnFocus: () => void;
};

/** A look, and what a photographer changes of it. */
export function AdjustDialog({ onClose, returnFocus, ...form }: Props) {
  const trpc = useTRPC();
  const controls = useQuery(
    trpc.enhancement.controls.queryOptions(undefined, { staleTime: Infinity }),
  );
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        title="Adjust the look"
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          returnFocus();
        }}
      >
        {controls.data ? (
          <AdjustForm {...form} controls={controls.data} onClose={onClose} />
        ) : controls.isError ? (
          <LoadFailed titled title="The options could not be loaded" queries={[controls]} />
        ) : (
          <DialogBody aria-busy="true" className="pb-5">
            <Skeleton className="h-9 w-full" />
            <Skeleton className="h-64 w-full" />
          </DialogBody>
        )}
      </DialogContent>
    </Dialog>
  );
}

type FormProps = Omit<Props, 'returnFocus'> & { controls: Controls };

function AdjustForm({ of, controls, initial, exposures, onStart, onClose }: FormProps) {
  const [preset, setPreset] = useState<Preset>(initial?.preset ?? 'natural');
  const [changes, setChanges] = useState<Adjustments>(initial?.adjustments ?? {});
  const adjustments = changedFrom(controls, preset, changes);
  const changed = Object.keys(adjustments).length > 0;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        // A dialog's form lies in the page's other forms, for React.
        event.stopPropagation();
        onStart({ preset, adjustments });
        onClose();
      }}
    >
      <DialogBody>
        <LookChoice value={preset} onChange={setPreset} />
        <AdjustmentRows
          offered={controls.offered}
          values={valuesOf(controls.defaults[preset], adjustments)}
          exposures={exposures}
          onChange={(change) => setChanges({ ...adjustments, ...change })}
        />
      </DialogBody>
      <DialogFooter>
        <Cost
          {...of}
          preset={preset}
          adjustments={adjustments}
          className="self-center sm:mr-auto"
        />
        <Button variant="ghost" disabled={!changed} onClick={() => setChanges({})}>
          Reset
        </Button>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary">
          Enhance
        </Button>
      </DialogFooter>
    </form>
  );
}

type ChoiceProps = { value: Preset; onChange: (preset: Preset) => void };

/** Radio buttons of the platform, drawn as one bar. */
function LookChoice({ value, onChange }: ChoiceProps) {
  const presets = usePresets();
  const chosen = presets.data?.find(({ name }) => name === value);
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium text-sm">Look</legend>
      <div className="grid grid-cols-3 rounded-md border p-0.5">
        {presets.data?.map(({ name, label }) => (
          <label
            key={name}
            className={cn(
              'relative flex h-8 cursor-pointer items-center justify-center rounded-sm font-medium text-muted-foreground text-sm hover:text-foreground has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring',
              name === value && 'bg-hover text-foreground',
            )}
          >
            <input
              type="radio"
              name="look"
              value={name}
              checked={name === value}
              onChange={() => onChange(name)}
              className="absolute inset-0 opacity-0"
            />
            {label}
          </label>
        ))}
      </div>
      <p className="mt-1.5 h-4 text-muted-foreground text-xs leading-4">{chosen?.description}</p>
    </fieldset>
  );
}

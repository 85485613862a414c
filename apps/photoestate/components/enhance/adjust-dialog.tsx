'use client';

import { Button } from '@repo/ui/button';
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from '@repo/ui/dialog';
import { dropDraft } from '@repo/ui/local';
import { Skeleton } from '@repo/ui/skeleton';
import { Switch } from '@repo/ui/switch';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useId } from 'react';
import { changedFrom, valuesOf } from '../../lib/adjustments.ts';
import { counted } from '../../lib/listing-status.ts';
import { type Controls, type LookInfo, type Scene, useTRPC } from '../../lib/trpc.ts';
import { Cost, type Priced } from '../credits/cost.tsx';
import { LoadFailed } from '../load-failed.tsx';
import { useScenes } from '../worktable/listing-live.tsx';
import { useAdjustDraft } from './adjust-draft.ts';
import { AdjustmentRows } from './adjustment-rows.tsx';
import { type Look, lookFrom, lookOf } from './look.ts';
import { LookChoice } from './look-choice.tsx';
import { LookPreviews } from './look-previews.tsx';
import { ManageLook } from './manage-look.tsx';
import { useLooks } from './use-looks.ts';

export type Started = Look & { ownSettings: boolean };

type Props = {
  of: Priced;
  /** What is changed here is kept under this name until it is closed: after a reload, or another page, it goes on. */
  draftKey: string;
  /** Where it starts: a look that was made before, or none. */
  initial: Look | undefined;
  title?: string;
  /** What the button says. */
  action?: string;
  onStart: (look: Started) => void;
  /** Keeps the look for these scenes without making anything; left out: that is not offered. */
  onKeep?: ((look: Look) => void) | undefined;
  onClose: () => void;
  /** Takes the focus back when it closes. */
  returnFocus: () => void;
};

/** A look, what a photographer changes of it, and what it makes of the first scenes, before anything is paid. */
export function AdjustDialog({ onClose, returnFocus, title, ...form }: Props) {
  const trpc = useTRPC();
  // Closed by a person: started, kept or not wanted. Whoever went to another page finds it again.
  const close = () => {
    dropDraft(form.draftKey);
    onClose();
  };
  const controls = useQuery(
    trpc.enhancement.controls.queryOptions(undefined, { staleTime: Infinity }),
  );
  const { organizationId, looks } = useLooks(form.of.listingId);
  const scenes = useScenes(form.of.listingId);
  const failed = [controls, looks, scenes].filter(({ isError, data }) => isError && !data);
  const ready = controls.data && looks.data && scenes.data && organizationId;
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : close())}>
      <DialogContent
        title={title ?? titleOf(form.of)}
        className="max-w-4xl"
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          returnFocus();
        }}
      >
        {ready ? (
          <AdjustForm
            {...form}
            controls={controls.data}
            looks={looks.data}
            organizationId={organizationId}
            scenes={chosenOf(scenes.data, form.of)}
            onClose={close}
          />
        ) : failed.length > 0 ? (
          <LoadFailed titled title="The options could not be loaded" queries={failed} />
        ) : (
          <DialogBody aria-busy="true" className="grid pb-5 md:grid-cols-2">
            <Skeleton className="aspect-3/2 w-full" />
            <Skeleton className="h-96 w-full" />
          </DialogBody>
        )}
      </DialogContent>
    </Dialog>
  );
}

function titleOf({ sceneId, sceneIds }: Priced): string {
  if (sceneId !== undefined) return 'Adjust the look';
  return sceneIds === undefined
    ? 'Enhance every scene'
    : `Enhance ${counted(sceneIds.length, 'scene')}`;
}

function chosenOf(scenes: readonly Scene[], { sceneId, sceneIds }: Priced): Scene[] {
  const wanted = sceneId === undefined ? sceneIds : [sceneId];
  return scenes.filter(({ id, photos }) => photos.length > 0 && (wanted?.includes(id) ?? true));
}

type FormProps = Omit<Props, 'returnFocus' | 'title'> & {
  controls: Controls;
  looks: readonly LookInfo[];
  organizationId: string;
  scenes: readonly Scene[];
};

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

function AdjustForm({ controls, looks, scenes, initial, onClose, ...props }: FormProps) {
  const { of, draftKey, organizationId, onStart, onKeep, action = 'Enhance' } = props;
  const first = looks.find(({ isDefault }) => isDefault) ?? looks[0];
  const [draft, change] = useAdjustDraft(draftKey, {
    of,
    look: initial ?? (first ? lookFrom(first) : { preset: 'natural', adjustments: {} }),
    base: initial?.lookName ?? null,
    ownSettings: true,
    mayKeep: onKeep !== undefined,
  });
  const { look, base, ownSettings } = draft;
  const { preset } = look;
  const adjustments = changedFrom(controls, preset, look.adjustments);
  const alike = looks.filter(
    (each) => each.preset === preset && isSame(each.adjustments, adjustments),
  );
  // Two looks may be the same but for their names.
  const chosen = alike.find((each) => each.lookName === (look.lookName ?? null)) ?? alike[0];
  const own = of.sceneId === undefined ? scenes.filter(({ settings }) => settings !== null) : [];
  const wish: Look = { preset, adjustments, lookName: chosen?.lookName ?? null };
  const exposures = Math.max(...scenes.map(({ photos }) => photos.length), 1);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        // A dialog's form lies in the page's other forms, for React.
        event.stopPropagation();
        onStart({ ...wish, ownSettings: ownSettings && own.length > 0 });
        onClose();
      }}
    >
      <DialogBody className="grid items-start gap-5 md:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="md:sticky md:top-0">
          <LookPreviews
            scenes={scenes}
            lookFor={(scene) => (ownSettings ? lookOf(scene.settings) : undefined) ?? wish}
          />
        </div>
        <div className="flex flex-col gap-4">
          <LookChoice
            looks={looks}
            value={chosen?.key}
            onChange={(next) => change({ look: lookFrom(next), base: next.lookName })}
          />
          <AdjustmentRows
            offered={controls.offered}
            values={valuesOf(controls.defaults[preset], adjustments)}
            exposures={exposures}
            onChange={(adjusted) =>
              change({ look: { ...look, adjustments: { ...adjustments, ...adjusted } } })
            }
          />
          <ManageLook
            {...{ organizationId, chosen }}
            look={wish}
            base={looks.find(({ lookName }) => lookName !== null && lookName === base)}
            onSaved={(lookName) => change({ look: { ...look, lookName }, base: lookName })}
          />
          {own.length > 0 ? (
            <OwnSettings
              count={own.length}
              on={ownSettings}
              onChange={(on) => change({ ownSettings: on })}
            />
          ) : null}
        </div>
      </DialogBody>
      <Footer
        cost={<Cost {...of} {...wish} ownSettings={ownSettings} className="self-center" />}
        onKeep={
          onKeep &&
          (() => {
            onKeep(wish);
            onClose();
          })
        }
        action={action}
      />
    </form>
  );
}

type OwnProps = { count: number; on: boolean; onChange: (on: boolean) => void };

function OwnSettings({ count, on, onChange }: OwnProps) {
  const id = useId();
  return (
    <div className="flex items-center justify-between gap-3 border-t pt-3">
      <label htmlFor={id} className="text-sm">
        Keep the settings of {counted(count, 'scene')} that {count === 1 ? 'has its' : 'have their'}{' '}
        own
      </label>
      <Switch id={id} checked={on} onCheckedChange={onChange} />
    </div>
  );
}

type FooterProps = { cost: ReactNode; onKeep: (() => void) | undefined; action: string };

function Footer({ cost, onKeep, action }: FooterProps) {
  return (
    <DialogFooter className="sticky bottom-0 mt-5 flex-row flex-wrap items-center justify-end border-t bg-popover pt-4 max-sm:pb-4">
      <div className="me-auto max-sm:basis-full">{cost}</div>
      <DialogClose asChild>
        <Button variant="ghost" className="max-sm:hidden">
          Cancel
        </Button>
      </DialogClose>
      {onKeep ? (
        <Button
          title="For when they are enhanced; costs nothing now"
          className="max-sm:flex-1"
          onClick={onKeep}
        >
          Save for later
        </Button>
      ) : null}
      <Button type="submit" variant="primary" className="max-sm:flex-1">
        {action}
      </Button>
    </DialogFooter>
  );
}

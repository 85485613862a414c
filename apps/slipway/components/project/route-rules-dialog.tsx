'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Alert } from '@repo/ui/alert';
import { Dialog, DialogBody, DialogContent, DialogSubmit } from '@repo/ui/dialog';
import type { ReactNode } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import type { RoutePolicy } from '../../lib/trpc.ts';
import { MetadataFields } from './metadata-fields.tsx';
import { RouteChoice, RouteSize, RouteText, RouteTypes } from './route-fields.tsx';
import { routeForm, toPolicy, toRouteForm } from './route-schema.ts';

type Props = {
  /** Null for one that has none yet. */
  name: string | null;
  policy: RoutePolicy;
  taken: readonly string[];
  busy: boolean;
  problem: string | undefined;
  onSave: (name: string, policy: RoutePolicy) => void;
  onClose: () => void;
};

/** The rules of one route, all of them. */
export function RouteRulesDialog({ name, policy, taken, busy, problem, onSave, onClose }: Props) {
  const form = useForm({
    resolver: zodResolver(routeForm(taken)),
    defaultValues: toRouteForm(name ?? '', policy),
  });
  const submit = form.handleSubmit((values) => onSave(values.route, toPolicy(values)));
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        title={name === null ? 'Rules of a route' : `Rules of ${name}`}
        description="An empty field says nothing: the rules of the project hold."
        className="max-w-2xl"
      >
        <form noValidate onSubmit={(event) => void submit(event)}>
          <DialogBody>
            {problem ? (
              <Alert tone="danger" live>
                {problem}
              </Alert>
            ) : null}
            <FormProvider {...form}>
              <Fields isNew={name === null} />
            </FormProvider>
          </DialogBody>
          <DialogSubmit busy={busy}>Save rules</DialogSubmit>
        </form>
      </DialogContent>
    </Dialog>
  );
}

const AS_PROJECT = { placeholder: 'As the project', isNumber: true };
const PIXELS = { placeholder: 'Any', isNumber: true };
const YES_OR_NO = { true: 'Yes', false: 'No' };

function Fields({ isNew }: { isNew: boolean }) {
  return (
    <>
      <RouteText
        name="route"
        label="Route"
        hint="The name that uploads give as their route, such as avatar."
        readOnly={!isNew}
        isCode
      />
      <RouteTypes />
      <Pair>
        <RouteSize names={['size', 'unit']} />
        <RouteSize names={['minSize', 'minUnit']} />
      </Pair>
      <Group title="Dimensions of pictures" hint="In pixels. Files that are no pictures pass.">
        <div className="grid grid-cols-2 gap-4 sm:grid-cols-4">
          <RouteText name="minWidth" label="Minimum width" {...PIXELS} />
          <RouteText name="maxWidth" label="Maximum width" {...PIXELS} />
          <RouteText name="minHeight" label="Minimum height" {...PIXELS} />
          <RouteText name="maxHeight" label="Maximum height" {...PIXELS} />
        </div>
      </Group>
      <Group title="Metadata">
        <MetadataFields />
      </Group>
      <Pair>
        <RouteText
          name="folder"
          label="Folder"
          placeholder="None"
          hint="Below the folder of the project."
        />
        <RouteText
          name="keyPrefix"
          label="Key prefix"
          placeholder="None"
          hint="Behind the prefix of the project."
        />
        <RouteText name="expireAfterDays" label="Delete after days" {...AS_PROJECT} />
        <RouteText name="confirmWithinHours" label="Confirm within hours" {...AS_PROJECT} />
        <RouteChoice name="replace" label="Replace by customId" options={YES_OR_NO} />
        <RouteChoice name="dedupe" label="Store the same bytes once" options={YES_OR_NO} />
      </Pair>
      <RouteChoice
        name="visibility"
        label="Who can read the files"
        hint="In a private project they stay private, whatever the route says."
        options={{
          private: 'Private: only by signed URLs',
          public: 'Public: by their lasting URL',
        }}
      />
    </>
  );
}

const Pair = ({ children }: { children: ReactNode }) => (
  <div className="grid gap-4 sm:grid-cols-2">{children}</div>
);

function Group({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1.5 font-medium text-sm">{title}</legend>
      {hint ? <p className="text-muted-foreground text-xs">{hint}</p> : null}
      {children}
    </fieldset>
  );
}

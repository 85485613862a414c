'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Alert } from '@repo/ui/alert';
import { Button } from '@repo/ui/button';
import { Card, CardBody, CardFooter, CardHeader } from '@repo/ui/card';
import { Field } from '@repo/ui/field';
import { Input } from '@repo/ui/input';
import { RadioCard, RadioGroup } from '@repo/ui/radio-group';
import { Select } from '@repo/ui/select';
import { Skeleton } from '@repo/ui/skeleton';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useId, useRef } from 'react';
import { Controller, type UseFormReturn, useForm } from 'react-hook-form';
import { describeError, type ProjectDetails, useTRPC } from '../../lib/trpc.ts';
import { DimensionFields, LifetimeFields, PlaceFields } from './keeping-fields.tsx';
import { MetadataFields } from './metadata-fields.tsx';
import { RulesForm, sizeUnits, toForm, toRules } from './rules-schema.ts';
import { TypePicker } from './type-picker.tsx';

type PanelProps = { projectId: string; hasScanner: boolean };

export function RulesPanel({ projectId, hasScanner }: PanelProps) {
  const trpc = useTRPC();
  const project = useQuery(trpc.project.get.queryOptions({ projectId }));
  if (!project.data) return <RulesSkeleton />;
  return <RulesEditor project={project.data} hasScanner={hasScanner} />;
}

type EditorProps = { project: ProjectDetails; hasScanner: boolean };

function RulesEditor({ project, hasScanner }: EditorProps) {
  const { id: projectId, rules } = project;
  const trpc = useTRPC();
  const queries = useQueryClient();
  const form = useForm({ resolver: zodResolver(RulesForm), defaultValues: toForm(rules) });
  const { isDirty } = form.formState;
  // What the form was filled with: another member's changes since then are not overwritten.
  const base = useRef(project.rulesVersion);
  useEffect(() => {
    if (isDirty || base.current === project.rulesVersion) return;
    base.current = project.rulesVersion;
    form.reset(toForm(rules));
  }, [form, isDirty, project.rulesVersion, rules]);
  const save = useMutation(
    trpc.project.updateRules.mutationOptions({
      onSuccess: async (saved) => {
        form.reset(toForm(saved));
        await queries.invalidateQueries({ queryKey: trpc.project.get.queryKey({ projectId }) });
        void queries.invalidateQueries({ queryKey: trpc.project.list.queryKey() });
        toast.success('Rules saved', { description: 'They hold for every upload from now on.' });
      },
    }),
  );
  useWarnBeforeLeaving(isDirty);
  const submit = form.handleSubmit((values) =>
    save.mutate({ projectId, rules: { ...rules, ...toRules(values) }, ifVersion: base.current }),
  );

  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="max-w-3xl">
      <Card>
        <CardHeader
          title="Upload rules"
          description="Checked before an upload gets its URL, and again on the stored bytes. Files that are here already stay."
        />
        <CardBody className="flex flex-col gap-6">
          {save.error ? (
            <Alert tone="danger" live>
              {describeError(save.error).message}
            </Alert>
          ) : null}
          <Alert tone="info" title="The project’s rules come first">
            A route of your code, and then a single request, may ask for stricter ones; neither can
            widen what is allowed here.{' '}
            <a href="/docs/rules" className="underline underline-offset-2">
              Which rule wins
            </a>
          </Alert>
          <TypesField form={form} />
          <LimitFields form={form} />
          <DimensionFields form={form} />
          <MetadataFields form={form} />
          <PlaceFields form={form} />
          <LifetimeFields form={form} />
          <ScanField form={form} hasScanner={hasScanner} />
          <VisibilityField form={form} />
        </CardBody>
        <CardFooter>
          <span aria-live="polite">
            {isDirty ? 'You have unsaved changes.' : 'Everything is saved.'}
          </span>
          <span className="flex gap-2">
            {isDirty ? <Button onClick={() => form.reset()}>Discard</Button> : null}
            <Button type="submit" variant="primary" busy={save.isPending} disabled={!isDirty}>
              Save rules
            </Button>
          </span>
        </CardFooter>
      </Card>
    </form>
  );
}

type FormProps = { form: UseFormReturn<RulesForm> };

function TypesField({ form }: FormProps) {
  const problem = form.formState.errors.allowedTypes;
  const message =
    problem?.message ?? problem?.root?.message ?? problem?.find?.((each) => each?.message)?.message;
  return (
    <Field
      label="Allowed types"
      hint="Each upload must be one of these, by its own bytes and not only by its name. None listed means any type."
      error={message}
    >
      {(control) => (
        <Controller
          control={form.control}
          name="allowedTypes"
          render={({ field }) => (
            <TypePicker
              id={control.id}
              describedBy={control['aria-describedby']}
              value={field.value}
              onChange={field.onChange}
            />
          )}
        />
      )}
    </Field>
  );
}

function LimitFields({ form }: FormProps) {
  const { errors } = form.formState;
  return (
    <div className="grid gap-6 sm:grid-cols-2">
      <SizeField
        form={form}
        names={['size', 'unit']}
        label="Largest file"
        hint="1 KB is 1024 bytes."
      />
      <SizeField
        form={form}
        names={['minSize', 'minUnit']}
        label="Smallest file"
        aside="Optional"
        hint="Empty for no limit."
        placeholder="No limit"
      />
      <Field
        label="Most files"
        aside="Optional"
        hint="How many the project may hold at once. Empty for no limit."
        error={errors.maxFiles?.message}
      >
        {(control) => (
          <Input
            {...control}
            {...form.register('maxFiles')}
            inputMode="numeric"
            autoComplete="off"
            placeholder="No limit"
          />
        )}
      </Field>
      <SizeField
        form={form}
        names={['totalSize', 'totalUnit']}
        label="Most in all"
        aside="Optional"
        hint="How much the project may hold at once. Empty for no limit."
        placeholder="No limit"
      />
    </div>
  );
}

type SizeNames =
  | readonly ['size', 'unit']
  | readonly ['minSize', 'minUnit']
  | readonly ['totalSize', 'totalUnit'];

type SizeFieldProps = FormProps & {
  names: SizeNames;
  label: string;
  hint: string;
  aside?: string;
  placeholder?: string;
};

function SizeField({ form, names: [size, unit], placeholder, ...field }: SizeFieldProps) {
  return (
    <Field {...field} error={form.formState.errors[size]?.message}>
      {(control) => (
        <div className="flex gap-2">
          <Input
            {...control}
            {...form.register(size)}
            inputMode="decimal"
            autoComplete="off"
            placeholder={placeholder}
          />
          <Select
            {...form.register(unit)}
            aria-label={`Unit of “${field.label}”`}
            className="w-24 shrink-0"
          >
            {sizeUnits.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </Select>
        </div>
      )}
    </Field>
  );
}

function VisibilityField({ form }: FormProps) {
  const labelId = useId();
  return (
    <div className="flex flex-col gap-2">
      <span id={labelId} className="font-medium text-sm">
        Who can read the files
      </span>
      <Controller
        control={form.control}
        name="visibility"
        render={({ field }) => (
          <RadioGroup
            value={field.value}
            onValueChange={field.onChange}
            aria-labelledby={labelId}
            className="sm:grid-cols-2"
          >
            <RadioCard
              value="private"
              label="Private"
              description="Only by signed URLs that your server makes and that expire."
            />
            <RadioCard
              value="public"
              label="Public"
              description="Whoever has a file’s lasting, unguessable URL."
            />
          </RadioGroup>
        )}
      />
    </div>
  );
}

function ScanField({ form, hasScanner }: FormProps & { hasScanner: boolean }) {
  const labelId = useId();
  const policy = form.watch('scan');
  return (
    <div className="flex flex-col gap-2">
      <span id={labelId} className="font-medium text-sm">
        Virus scan
      </span>
      <Controller
        control={form.control}
        name="scan"
        render={({ field }) => (
          <RadioGroup
            value={field.value}
            onValueChange={field.onChange}
            aria-labelledby={labelId}
            className="sm:grid-cols-3"
          >
            <RadioCard
              value="required"
              label="Required"
              description="No file is ready before the scanner called it clean. While it is away, files wait."
            />
            <RadioCard
              value="when_available"
              label="When available"
              description="Files are scanned while the scanner answers; else they say that nobody looked."
            />
            <RadioCard value="off" label="Off" description="No file is ever scanned." />
          </RadioGroup>
        )}
      />
      {hasScanner || policy === 'off' ? null : (
        <Alert tone={policy === 'required' ? 'warning' : 'info'} live>
          {policy === 'required'
            ? 'This server has no virus scanner set up: with this rule no upload becomes ready.'
            : 'This server has no virus scanner set up: files say that they were not scanned.'}
        </Alert>
      )}
    </div>
  );
}

function useWarnBeforeLeaving(dirty: boolean) {
  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [dirty]);
}

function RulesSkeleton() {
  return (
    <Card aria-busy="true" className="max-w-3xl">
      <div className="flex flex-col gap-6 p-5">
        <Skeleton className="h-6 w-32" />
        <Skeleton className="h-20 w-full" />
        <div className="grid gap-6 sm:grid-cols-2">
          <Skeleton className="h-14" />
          <Skeleton className="h-14" />
        </div>
        <div className="grid gap-2 sm:grid-cols-2">
          <Skeleton className="h-16" />
          <Skeleton className="h-16" />
        </div>
      </div>
    </Card>
  );
}

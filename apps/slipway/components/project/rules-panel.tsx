'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Alert } from '@repo/ui/alert';
import { Button } from '@repo/ui/button';
import { Card, CardFooter, CardHeader } from '@repo/ui/card';
import { Skeleton } from '@repo/ui/skeleton';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { FormProvider, type UseFormReturn, useForm } from 'react-hook-form';
import { describeError, type ProjectDetails, useTRPC } from '../../lib/trpc.ts';
import { LookOnly } from '../panel/look-only.tsx';
import { Problem } from '../panel/problem.tsx';
import { ScanField, TypesField, VisibilityField } from './access-fields.tsx';
import { DimensionFields, LifetimeFields, PlaceFields, VersionFields } from './keeping-fields.tsx';
import { HoldingFields, SizeFields, UploaderFields } from './limit-fields.tsx';
import { MetadataFields } from './metadata-fields.tsx';
import { RouteRulesCard } from './route-rules-card.tsx';
import { RuleSection } from './rule-section.tsx';
import { RulesForm, toForm, toRules } from './rules-schema.ts';
import { useMay } from './use-permissions.ts';

type PanelProps = { projectId: string; hasScanner: boolean };

export function RulesPanel({ projectId, hasScanner }: PanelProps) {
  const trpc = useTRPC();
  const project = useQuery(trpc.project.get.queryOptions({ projectId }));
  if (project.isError && !project.data) return <Problem query={project} what="The rules" />;
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
  const mayManage = useMay(projectId)('project.manage');
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
    <div className="flex max-w-4xl flex-col gap-6">
      {mayManage ? null : <LookOnly projectId={projectId} what="the rules" />}
      <form noValidate onSubmit={(event) => void submit(event)}>
        <Card>
          <CardHeader
            title="Upload rules"
            description={
              <>
                Checked before an upload gets its URL, and again on the stored bytes; files that are
                here already stay. A route, and then a single upload, can be stricter than the
                project, never wider.{' '}
                <a href="/docs/rules" className="rounded-sm underline underline-offset-2">
                  Which rule wins
                </a>
              </>
            }
          />
          {save.error ? (
            <div className="px-5 pb-5">
              <Alert tone="danger" live>
                {describeError(save.error).message}
              </Alert>
            </div>
          ) : null}
          {/* Of a form that nobody may send nothing can be changed either. */}
          <fieldset
            disabled={!mayManage}
            // What has the focus is not to be below the bar that sticks to the window.
            className="contents [&_:is(input,select,button)]:scroll-mb-24"
          >
            <legend className="sr-only">Rules for uploads</legend>
            <FormProvider {...form}>
              <RuleFields form={form} hasScanner={hasScanner} />
            </FormProvider>
          </fieldset>
          {mayManage ? (
            <CardFooter className={isDirty ? 'sticky bottom-0 z-10' : ''}>
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
          ) : null}
        </Card>
      </form>
      <RouteRulesCard project={project} mayManage={mayManage} />
    </div>
  );
}

function RuleFields({ form, hasScanner }: { form: UseFormReturn<RulesForm>; hasScanner: boolean }) {
  const every = ['route', 'file'] as const;
  return (
    <>
      <RuleSection
        title="What may be uploaded"
        also={every}
        wins="The strictest holds; of types the file has to be in every list."
      >
        <TypesField form={form} />
        <SizeFields form={form} />
        <DimensionFields form={form} />
      </RuleSection>
      <RuleSection title="Metadata" also={every} wins="They have to be as each of them says.">
        <MetadataFields />
      </RuleSection>
      <RuleSection title="Held at once" wins="Only here, beside what the plan allows.">
        <HoldingFields form={form} />
      </RuleSection>
      <RuleSection title="Each end-user" wins="Only here, by the uploader that your server names.">
        <UploaderFields form={form} />
      </RuleSection>
      <RuleSection title="Where files go" also={every} wins="All of them, one below the other.">
        <PlaceFields form={form} />
      </RuleSection>
      <RuleSection
        title="How long they stay"
        also={every}
        wins="Whichever is earliest; the trash only here."
      >
        <LifetimeFields form={form} />
      </RuleSection>
      <RuleSection
        title="Versions and copies"
        also={every}
        wins="The nearest word: the file’s, else its route’s, else this one. How long versions stay only here."
      >
        <VersionFields form={form} />
      </RuleSection>
      <RuleSection title="Who can read them" also={every} wins="Private, when one of them says so.">
        <VisibilityField form={form} />
      </RuleSection>
      <RuleSection title="Virus scan" wins="Only here.">
        <ScanField form={form} hasScanner={hasScanner} />
      </RuleSection>
    </>
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
    <Card aria-busy="true" className="max-w-4xl">
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

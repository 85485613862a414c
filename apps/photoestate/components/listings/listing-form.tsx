'use client';

import { Field } from '@repo/ui/field';
import { Input } from '@repo/ui/input';
import { Select } from '@repo/ui/select';
import { Textarea } from '@repo/ui/textarea';
import type { UseFormReturn } from 'react-hook-form';
import { type ListingFields, tagsOf } from '../../lib/listing-fields.ts';
import { useChoices } from './use-choices.ts';

type Props = {
  form: UseFormReturn<ListingFields>;
  studio: string | undefined;
  /** Still named when they do not belong to the studio any more. */
  agent?: { id: string; name: string } | null;
  whole?: boolean;
};

/** The fields of a listing: those of a new one, or the whole of one. */
export function ListingFieldset({ form, studio, agent = null, whole = false }: Props) {
  const { agents } = useChoices(studio);
  const { register, formState } = form;
  const problem = (name: keyof ListingFields) => formState.errors[name]?.message;
  const gone = agent !== null && !agents.some(({ id }) => id === agent.id);
  return (
    <>
      <Field
        label="Address"
        hint={whole ? undefined : 'As it stands on the listing. You can change it later.'}
        error={problem('address')}
      >
        {(control) => (
          <Input
            {...control}
            {...register('address')}
            autoComplete="off"
            autoFocus={!whole}
            placeholder="12 Elm Street, Springfield"
          />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="MLS id" aside="Optional" error={problem('mlsId')}>
          {(control) => <Input {...control} {...register('mlsId')} autoComplete="off" />}
        </Field>
        <Field label="Shoot date" aside="Optional" error={problem('shootDate')}>
          {(control) => (
            <Input {...control} {...register('shootDate')} type="date" min="1900-01-01" />
          )}
        </Field>
      </div>
      <Field label="Agent" aside="Optional" error={problem('agentId')}>
        {(control) => (
          <Select {...control} {...register('agentId')}>
            <option value="">Nobody yet</option>
            {gone ? <option value={agent.id}>{agent.name}</option> : null}
            {agents.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <TagsField form={form} studio={studio} problem={problem('tags')} />
      {whole ? (
        <Field
          label="Notes"
          aside="Optional"
          hint="For the studio alone: clients never see them."
          error={problem('notes')}
        >
          {(control) => <Textarea {...control} {...register('notes')} rows={5} />}
        </Field>
      ) : null}
    </>
  );
}

const MOST_OFFERED = 6;

/** Typed between commas; tags that the studio uses already are a click away. */
function TagsField({ form, studio, problem }: Props & { problem: string | undefined }) {
  const { tags } = useChoices(studio);
  const text = form.watch('tags');
  const has = tagsOf(text);
  const offered = tags.filter((tag) => !has.includes(tag)).slice(0, MOST_OFFERED);
  const add = (tag: string) =>
    form.setValue('tags', [...has, tag].join(', '), { shouldDirty: true, shouldValidate: true });
  return (
    <div className="flex flex-col gap-2">
      <Field label="Tags" aside="Optional" hint="Separated by commas." error={problem}>
        {(control) => (
          <Input
            {...control}
            {...form.register('tags')}
            autoComplete="off"
            placeholder="luxury, sea view"
          />
        )}
      </Field>
      {offered.length > 0 ? (
        <ul aria-label="Tags of the studio" className="flex flex-wrap gap-1.5">
          {offered.map((tag) => (
            <li key={tag}>
              <button
                type="button"
                onClick={() => add(tag)}
                className="h-6 rounded-full border px-2.5 text-muted-foreground text-xs hover:border-border-strong hover:text-foreground"
              >
                {tag}
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

'use client';

import { Button } from '@repo/ui/button';
import { Checkbox } from '@repo/ui/checkbox';
import { FieldError } from '@repo/ui/field';
import { Input } from '@repo/ui/input';
import { Select } from '@repo/ui/select';
import { Plus, X } from 'lucide-react';
import { useId } from 'react';
import { Controller, useFieldArray, useFormContext } from 'react-hook-form';
import type { RulesForm } from './rules-schema.ts';

/** Of any form with these two: it is found by its context. */
type WithMetadata = Pick<RulesForm, 'metadata' | 'otherMetadata'>;

const NEW_FIELD = {
  name: '',
  type: 'string',
  required: false,
  values: '',
  maxLength: null,
} as const;

/** What the metadata of new files have to be. */
export function MetadataFields() {
  const form = useFormContext<WithMetadata>();
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'metadata' });
  const othersId = useId();
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="sr-only">Metadata</legend>
      <p className="text-muted-foreground text-xs">
        Fields that an upload’s metadata may or must have. Without any, everything is taken.
      </p>
      {fields.map(({ id }, index) => (
        <FieldRow key={id} index={index} onRemove={() => remove(index)} />
      ))}
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Button onClick={() => append(NEW_FIELD)} disabled={fields.length >= 50}>
          <Plus aria-hidden="true" />
          Add field
        </Button>
        <span className="flex items-center gap-2 text-sm">
          <Controller
            control={form.control}
            name="otherMetadata"
            render={({ field }) => (
              <Checkbox
                id={othersId}
                checked={field.value}
                onCheckedChange={(checked) => field.onChange(checked === true)}
              />
            )}
          />
          <label htmlFor={othersId}>Other fields are fine</label>
        </span>
      </div>
    </fieldset>
  );
}

type RowProps = { index: number; onRemove: () => void };

function FieldRow({ index, onRemove }: RowProps) {
  const form = useFormContext<WithMetadata>();
  const requiredId = useId();
  const problemId = useId();
  const nth = `of metadata field ${index + 1}`;
  const problem = form.formState.errors.metadata?.[index]?.name?.message;
  return (
    <div className="flex flex-col gap-1.5">
      <div className="grid grid-cols-[1fr_7rem_2rem] items-center gap-2 sm:grid-cols-[1fr_7rem_1fr_auto_2rem]">
        <Input
          {...form.register(`metadata.${index}.name`)}
          aria-label={`Name ${nth}`}
          aria-invalid={problem === undefined ? undefined : true}
          aria-describedby={problem === undefined ? undefined : problemId}
          placeholder="Name"
          autoComplete="off"
          spellCheck={false}
          className="font-mono"
        />
        <Select {...form.register(`metadata.${index}.type`)} aria-label={`Type ${nth}`}>
          <option>string</option>
          <option>number</option>
          <option>boolean</option>
        </Select>
        <Input
          {...form.register(`metadata.${index}.values`)}
          aria-label={`Values ${nth}`}
          placeholder="Any value, or a, b, c"
          autoComplete="off"
          spellCheck={false}
          className="order-last sm:order-none"
        />
        <span className="order-last col-span-2 flex items-center gap-2 whitespace-nowrap text-sm sm:order-none sm:col-span-1">
          <Controller
            control={form.control}
            name={`metadata.${index}.required`}
            render={({ field }) => (
              <Checkbox
                id={requiredId}
                checked={field.value}
                onCheckedChange={(checked) => field.onChange(checked === true)}
              />
            )}
          />
          <label htmlFor={requiredId}>
            Required<span className="sr-only"> {nth}</span>
          </label>
        </span>
        <Button size="icon" variant="ghost" aria-label={`Remove ${nth}`} onClick={onRemove}>
          <X aria-hidden="true" />
        </Button>
      </div>
      {problem === undefined ? null : <FieldError id={problemId}>{problem}</FieldError>}
    </div>
  );
}

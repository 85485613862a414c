'use client';

import { Field } from '@repo/ui/field';
import { Input } from '@repo/ui/input';
import type { FieldPath, UseFormReturn } from 'react-hook-form';
import type { RulesForm } from './rules-schema.ts';

type FormProps = { form: UseFormReturn<RulesForm> };
type TextName = Extract<
  FieldPath<RulesForm>,
  | 'folder'
  | 'keyPrefix'
  | 'minWidth'
  | 'maxWidth'
  | 'minHeight'
  | 'maxHeight'
  | 'expireAfterDays'
  | 'confirmWithinHours'
  | 'trashDays'
>;

type TextFieldProps = FormProps & {
  name: TextName;
  label: string;
  hint?: string;
  placeholder?: string;
  isNumber?: boolean;
};

function TextField({ form, name, placeholder, isNumber = false, ...field }: TextFieldProps) {
  return (
    <Field {...field} error={form.formState.errors[name]?.message}>
      {(control) => (
        <Input
          {...control}
          {...form.register(name)}
          placeholder={placeholder}
          inputMode={isNumber ? 'numeric' : 'text'}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
        />
      )}
    </Field>
  );
}

/** Pixels of pictures, read from their bytes. */
export function DimensionFields({ form }: FormProps) {
  const sides = [
    ['minWidth', 'Least width'],
    ['maxWidth', 'Most width'],
    ['minHeight', 'Least height'],
    ['maxHeight', 'Most height'],
  ] as const;
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1.5 font-medium text-sm">Pictures</legend>
      <p className="text-muted-foreground text-xs">
        In pixels, of the upright picture as its bytes say. Files that are no pictures pass.
      </p>
      <div className="grid grid-cols-2 gap-4 sm:grid-cols-4">
        {sides.map(([name, label]) => (
          <TextField key={name} form={form} name={name} label={label} placeholder="Any" isNumber />
        ))}
      </div>
    </fieldset>
  );
}

export function PlaceFields({ form }: FormProps) {
  return (
    <div className="grid gap-6 sm:grid-cols-2">
      <TextField
        form={form}
        name="folder"
        label="Folder"
        placeholder="None"
        hint="New files go below it; an upload names the rest, such as invoices/2026."
      />
      <TextField
        form={form}
        name="keyPrefix"
        label="Key prefix"
        placeholder="None"
        hint="Keys of new objects begin with it, for who looks into the bucket."
      />
    </div>
  );
}

export function LifetimeFields({ form }: FormProps) {
  return (
    <div className="grid gap-6 sm:grid-cols-3">
      <TextField
        form={form}
        name="expireAfterDays"
        label="Delete after days"
        placeholder="Never"
        isNumber
        hint="Counted from when the upload was announced."
      />
      <TextField
        form={form}
        name="confirmWithinHours"
        label="Confirm within hours"
        placeholder="Not needed"
        isNumber
        hint="Files that your server does not confirm so soon are deleted."
      />
      <TextField
        form={form}
        name="trashDays"
        label="Days in the trash"
        isNumber
        hint="How long a deleted file can be restored. 0: no trash."
      />
    </div>
  );
}

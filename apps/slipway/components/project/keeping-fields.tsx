'use client';

import { Field } from '@repo/ui/field';
import { Input } from '@repo/ui/input';
import { Switch } from '@repo/ui/switch';
import { useId } from 'react';
import { Controller, type FieldPath, type UseFormReturn } from 'react-hook-form';
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
  | 'versionDays'
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
    ['minWidth', 'Minimum width'],
    ['maxWidth', 'Maximum width'],
    ['minHeight', 'Minimum height'],
    ['maxHeight', 'Maximum height'],
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

/** What becomes of a file whose customId, or whose bytes, another one has. */
export function VersionFields({ form }: FormProps) {
  return (
    <>
      <SwitchField
        form={form}
        name="replace"
        label="Replace by customId"
        hint="An upload with the customId of another file becomes its new version once it is ready. Otherwise only those that ask for it do."
      />
      <div className="sm:max-w-xs">
        <TextField
          form={form}
          name="versionDays"
          label="Keep older versions for days"
          placeholder="For good"
          isNumber
          hint="Until then they can be restored, and count."
        />
      </div>
      <SwitchField
        form={form}
        name="dedupe"
        label="Store the same bytes once"
        hint="Files of the same bytes, type and visibility share one object in the storage. Each counts in full, and none takes another’s bytes with it."
      />
    </>
  );
}

function SwitchField({
  form,
  name,
  label,
  hint,
}: FormProps & { name: 'replace' | 'dedupe'; label: string; hint: string }) {
  const id = useId();
  return (
    <div className="flex items-start gap-3">
      <Controller
        control={form.control}
        name={name}
        render={({ field }) => (
          <Switch
            id={id}
            checked={field.value}
            onCheckedChange={field.onChange}
            onBlur={field.onBlur}
            aria-describedby={`${id}-hint`}
          />
        )}
      />
      <div className="flex flex-col gap-1">
        <label htmlFor={id} className="font-medium text-sm">
          {label}
        </label>
        <p id={`${id}-hint`} className="text-muted-foreground text-xs">
          {hint}
        </p>
      </div>
    </div>
  );
}

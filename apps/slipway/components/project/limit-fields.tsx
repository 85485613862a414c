'use client';

import { Field } from '@repo/ui/field';
import { Input } from '@repo/ui/input';
import { Select } from '@repo/ui/select';
import type { UseFormReturn } from 'react-hook-form';
import { type RulesForm, sizeUnits } from './rules-schema.ts';

type FormProps = { form: UseFormReturn<RulesForm> };

/** Of each file. */
export function SizeFields({ form }: FormProps) {
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
    </div>
  );
}

/** Of all files that the project holds at once. */
export function HoldingFields({ form }: FormProps) {
  return (
    <CountAndSize
      form={form}
      count={{ name: 'maxFiles', label: 'Maximum files' }}
      size={{
        names: ['totalSize', 'totalUnit'],
        label: 'Total size limit',
        hint: 'Uploads on their way count as well.',
      }}
    />
  );
}

/** Of the files of one end-user, by the name that your server gives as `uploader`. */
export function UploaderFields({ form }: FormProps) {
  return (
    <CountAndSize
      form={form}
      count={{ name: 'uploaderFiles', label: 'Maximum files per end-user' }}
      size={{
        names: ['uploaderSize', 'uploaderUnit'],
        label: 'Total size limit per end-user',
        hint: 'Of files that have no uploader nothing is counted.',
      }}
    />
  );
}

type CountAndSizeProps = FormProps & {
  count: Pick<CountProps, 'name' | 'label'>;
  size: Pick<SizeFieldProps, 'names' | 'label' | 'hint'>;
};

function CountAndSize({ form, count, size }: CountAndSizeProps) {
  return (
    <div className="grid gap-6 sm:grid-cols-2">
      <CountField form={form} {...count} hint="Empty for no limit." />
      <SizeField form={form} {...size} aside="Optional" placeholder="No limit" />
    </div>
  );
}

type CountProps = FormProps & { name: 'maxFiles' | 'uploaderFiles'; label: string; hint: string };

function CountField({ form, name, ...field }: CountProps) {
  return (
    <Field {...field} aside="Optional" error={form.formState.errors[name]?.message}>
      {(control) => (
        <Input
          {...control}
          {...form.register(name)}
          inputMode="numeric"
          autoComplete="off"
          placeholder="No limit"
        />
      )}
    </Field>
  );
}

type SizeNames =
  | readonly ['size', 'unit']
  | readonly ['minSize', 'minUnit']
  | readonly ['totalSize', 'totalUnit']
  | readonly ['uploaderSize', 'uploaderUnit'];

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

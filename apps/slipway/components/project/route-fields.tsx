import { Field } from '@repo/ui/field';
import { Input } from '@repo/ui/input';
import { Select } from '@repo/ui/select';
import { Controller, useFormContext } from 'react-hook-form';
import type { RouteForm } from './route-schema.ts';
import { sizeUnits } from './rules-schema.ts';
import { TypePicker } from './type-picker.tsx';

type TextName = Exclude<
  keyof RouteForm,
  | 'allowedTypes'
  | 'metadata'
  | 'otherMetadata'
  | 'unit'
  | 'minUnit'
  | 'visibility'
  | 'replace'
  | 'dedupe'
>;

type TextProps = {
  name: TextName;
  label: string;
  hint?: string;
  placeholder?: string;
  isNumber?: boolean;
  isCode?: boolean;
  readOnly?: boolean;
};

export function RouteText({ name, placeholder, isNumber, isCode, readOnly, ...field }: TextProps) {
  const { register, formState } = useFormContext<RouteForm>();
  return (
    <Field {...field} error={formState.errors[name]?.message}>
      {(control) => (
        <Input
          {...control}
          {...register(name)}
          readOnly={readOnly}
          placeholder={placeholder}
          inputMode={isNumber ? 'numeric' : 'text'}
          maxLength={name === 'route' ? 128 : undefined}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          className={isCode ? 'font-mono text-[13px]' : undefined}
        />
      )}
    </Field>
  );
}

export function RouteTypes() {
  const { control, formState } = useFormContext<RouteForm>();
  const problem = formState.errors.allowedTypes;
  return (
    <Field
      label="Allowed types"
      hint="None listed: those of the project."
      error={problem?.message ?? problem?.find?.((each) => each?.message)?.message}
    >
      {({ id, 'aria-describedby': describedBy }) => (
        <Controller
          control={control}
          name="allowedTypes"
          render={({ field }) => (
            <TypePicker
              id={id}
              describedBy={describedBy}
              value={field.value}
              onChange={field.onChange}
            />
          )}
        />
      )}
    </Field>
  );
}

type SizeProps = { names: readonly ['size', 'unit'] | readonly ['minSize', 'minUnit'] };

export function RouteSize({ names: [size, unit] }: SizeProps) {
  const { register, formState } = useFormContext<RouteForm>();
  const label = size === 'size' ? 'Largest file' : 'Smallest file';
  return (
    <Field label={label} error={formState.errors[size]?.message}>
      {(control) => (
        <div className="flex gap-2">
          <Input
            {...control}
            {...register(size)}
            inputMode="decimal"
            autoComplete="off"
            placeholder="As the project"
          />
          <Select {...register(unit)} aria-label={`Unit of “${label}”`} className="w-24 shrink-0">
            {sizeUnits.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </Select>
        </div>
      )}
    </Field>
  );
}

type ChoiceProps = {
  name: 'visibility' | 'replace' | 'dedupe';
  label: string;
  hint?: string;
  options: Readonly<Record<string, string>>;
};

export function RouteChoice({ name, options, ...field }: ChoiceProps) {
  const { register } = useFormContext<RouteForm>();
  return (
    <Field {...field}>
      {(control) => (
        <Select {...control} {...register(name)}>
          <option value="">As the project says</option>
          {Object.entries(options).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

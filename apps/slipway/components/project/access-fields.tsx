'use client';

import { Alert } from '@repo/ui/alert';
import { Field } from '@repo/ui/field';
import { RadioCard, RadioGroup } from '@repo/ui/radio-group';
import { useId } from 'react';
import { Controller, type UseFormReturn } from 'react-hook-form';
import type { RulesForm } from './rules-schema.ts';
import { TypePicker } from './type-picker.tsx';

type FormProps = { form: UseFormReturn<RulesForm> };

export function TypesField({ form }: FormProps) {
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

export function VisibilityField({ form }: FormProps) {
  const labelId = useId();
  return (
    <div className="flex flex-col gap-2">
      <span id={labelId} className="sr-only">
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

export function ScanField({ form, hasScanner }: FormProps & { hasScanner: boolean }) {
  const labelId = useId();
  const policy = form.watch('scan');
  return (
    <div className="flex flex-col gap-2">
      <span id={labelId} className="sr-only">
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

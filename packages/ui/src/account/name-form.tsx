'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { Button } from '../button.tsx';
import { Field } from '../field.tsx';
import { Input } from '../input.tsx';
import { useFormDraft } from '../local/use-draft.ts';

const Rename = z.object({
  name: z.string().trim().min(1, 'Expected a name.').max(80, 'Expected at most 80 characters.'),
});

type Props = {
  /** What is named: what was typed and not saved is known by it after a reload. */
  draft: string;
  label?: string;
  name: string;
  hint?: string;
  autoComplete: 'name' | 'organization';
  readOnly?: boolean;
  busy: boolean;
  /** Why the server did not take it. */
  error: string | undefined;
  /** True when it was taken. */
  onSave: (name: string) => Promise<boolean>;
};

/** What somebody or something is called, with its own button. */
export function NameForm(props: Props) {
  const { draft, label = 'Name', name, hint, autoComplete, readOnly, busy, error, onSave } = props;
  const form = useForm({ resolver: zodResolver(Rename), defaultValues: { name } });
  useFormDraft(form, `name:${draft}`);
  const submit = form.handleSubmit(async (values) => {
    if (await onSave(values.name)) form.reset(values);
  });
  return (
    <form
      noValidate
      onSubmit={(event) => void submit(event)}
      className="flex flex-wrap items-start gap-3"
    >
      <Field
        label={label}
        hint={hint}
        error={form.formState.errors.name?.message ?? error}
        className="min-w-0 flex-1 basis-56"
      >
        {(control) => (
          <Input
            {...control}
            {...form.register('name')}
            autoComplete={autoComplete}
            readOnly={readOnly}
          />
        )}
      </Field>
      {readOnly ? null : (
        <Button type="submit" className="mt-6.5" busy={busy} disabled={!form.formState.isDirty}>
          Save
        </Button>
      )}
    </form>
  );
}

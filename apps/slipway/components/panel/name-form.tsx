'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Alert } from '@repo/ui/alert';
import { Button } from '@repo/ui/button';
import { Card, CardBody, CardFooter, CardHeader } from '@repo/ui/card';
import { Dialog, DialogBody, DialogContent, DialogSubmit } from '@repo/ui/dialog';
import { Field } from '@repo/ui/field';
import { Input } from '@repo/ui/input';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { describeError } from '../../lib/trpc.ts';
import { focusAgain } from './focus-again.ts';

/** Of a project, a key, an organization. */
export const thingName = z
  .string()
  .trim()
  .min(1, 'Expected a name.')
  .max(80, 'Expected at most 80 characters.');

const Named = z.object({ name: thingName });

const useNameForm = (name: string) =>
  useForm({ resolver: zodResolver(Named), defaultValues: { name } });

type Saving = { error: unknown; isPending: boolean };

type DialogProps = {
  open?: boolean;
  title: string;
  description?: string;
  name?: string;
  placeholder?: string;
  submitLabel: string;
  saving: Saving;
  onName: (name: string) => void;
  onClose: () => void;
  /** Has the focus back, when what opened this is gone by then. */
  returnFocus?: HTMLElement | null;
};

/** Asks for a name: of something new, or another one. */
export function NameDialog({ open = true, title, description, ...props }: DialogProps) {
  const { onClose, returnFocus } = props;
  return (
    <Dialog open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <DialogContent
        title={title}
        description={description}
        onCloseAutoFocus={(event) => focusAgain(event, returnFocus ?? null)}
      >
        <NameDialogForm {...props} />
      </DialogContent>
    </Dialog>
  );
}

type FormProps = Omit<DialogProps, 'open' | 'title' | 'description'>;

/** Begins with its own name whenever the dialog opens. */
function NameDialogForm({ name = '', placeholder, submitLabel, saving, onName }: FormProps) {
  const form = useNameForm(name);
  const submit = form.handleSubmit((named) => onName(named.name));
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <DialogBody>
        {saving.error ? (
          <Alert tone="danger" live>
            {describeError(saving.error).message}
          </Alert>
        ) : null}
        <Field label="Name" error={form.formState.errors.name?.message}>
          {(control) => (
            <Input
              {...control}
              {...form.register('name')}
              autoComplete="off"
              autoFocus
              placeholder={placeholder}
            />
          )}
        </Field>
      </DialogBody>
      <DialogSubmit busy={saving.isPending}>{submitLabel}</DialogSubmit>
    </form>
  );
}

type CardProps = {
  label: string;
  description: string;
  name: string;
  mayChange: boolean;
  saving: Saving;
  onName: (name: string) => void;
};

/** The name on a page of settings. Give it the name as `key`, so that it begins with a new one. */
export function NameCard({ label, description, name, mayChange, saving, onName }: CardProps) {
  const form = useNameForm(name);
  const submit = form.handleSubmit((named) => onName(named.name));
  const failure = saving.error ? describeError(saving.error).message : undefined;
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <Card>
        <CardHeader title="Name" description={description} />
        <CardBody>
          <Field
            label={label}
            error={form.formState.errors.name?.message ?? failure}
            className="max-w-sm"
          >
            {(control) => (
              <Input
                {...control}
                {...form.register('name')}
                autoComplete="off"
                readOnly={!mayChange}
              />
            )}
          </Field>
        </CardBody>
        {mayChange ? (
          <CardFooter>
            <span>At most 80 characters.</span>
            <Button
              type="submit"
              variant="primary"
              busy={saving.isPending}
              disabled={!form.formState.isDirty}
            >
              Save name
            </Button>
          </CardFooter>
        ) : null}
      </Card>
    </form>
  );
}

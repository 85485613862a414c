'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { Field } from '../field.tsx';
import { Input } from '../input.tsx';
import { signUp } from './auth-client.ts';
import { AuthForm } from './auth-form.tsx';
import { PasswordInput } from './password-input.tsx';
import { useTypedBefore } from './use-typed-before.ts';

const SignUp = z.object({
  name: z.string().trim().min(1, 'Expected a name.').max(80, 'Expected at most 80 characters.'),
  email: z.email('Expected an e-mail address, like ada@example.com.'),
  password: z
    .string()
    .min(8, 'Expected at least 8 characters.')
    .max(128, 'Expected at most 128 characters.'),
});

export function SignUpForm({ next, email = '' }: { next: string; email?: string }) {
  const [failure, setFailure] = useState<string>();
  const [leaving, setLeaving] = useState(false);
  const form = useForm({
    resolver: zodResolver(SignUp),
    defaultValues: useTypedBefore({ name: '', email, password: '' }),
  });
  const { errors, isSubmitting } = form.formState;

  const submit = form.handleSubmit(async (values) => {
    setFailure(undefined);
    const result = await signUp(values);
    if (!result.ok) {
      setFailure(result.message);
      return;
    }
    setLeaving(true);
    window.location.assign(next);
  });

  return (
    <AuthForm
      title="Create an account"
      lead={
        <>
          Have one already?{' '}
          <a
            href={`/sign-in?${new URLSearchParams({ next, ...(email && { email }) })}`}
            className="text-link underline underline-offset-4"
          >
            Sign in
          </a>
        </>
      }
      submitLabel="Create account"
      busy={isSubmitting || leaving}
      error={failure}
      onSubmit={(event) => void submit(event)}
    >
      <Field label="Name" error={errors.name?.message}>
        {(control) => (
          <Input
            {...control}
            {...form.register('name')}
            autoComplete="name"
            className="h-10"
            autoFocus
          />
        )}
      </Field>
      <Field label="E-mail" error={errors.email?.message}>
        {(control) => (
          <Input
            {...control}
            {...form.register('email')}
            type="email"
            autoComplete="username"
            className="h-10"
          />
        )}
      </Field>
      <Field label="Password" hint="At least 8 characters." error={errors.password?.message}>
        {(control) => (
          <PasswordInput {...control} {...form.register('password')} autoComplete="new-password" />
        )}
      </Field>
    </AuthForm>
  );
}

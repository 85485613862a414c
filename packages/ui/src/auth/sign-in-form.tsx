'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { Field } from '../field.tsx';
import { Input } from '../input.tsx';
import { signIn } from './auth-client.ts';
import { AuthForm } from './auth-form.tsx';
import { PasswordInput } from './password-input.tsx';
import { useTypedBefore } from './use-typed-before.ts';

const SignIn = z.object({
  email: z.email('Expected an e-mail address, like ada@example.com.'),
  password: z.string().min(1, 'Expected your password.'),
});

type Props = {
  next: string;
  /** Of whom an invitation is for, say. */
  email?: string;
  /** Where a forgotten password is replaced; without it no link is shown. */
  forgotHref?: string;
};

export function SignInForm({ next, email = '', forgotHref }: Props) {
  const [failure, setFailure] = useState<string>();
  const [leaving, setLeaving] = useState(false);
  const form = useForm({
    resolver: zodResolver(SignIn),
    defaultValues: useTypedBefore({ email, password: '' }),
  });
  const { errors, isSubmitting } = form.formState;

  const submit = form.handleSubmit(async (values) => {
    setFailure(undefined);
    const result = await signIn(values);
    if (!result.ok) {
      setFailure(result.message);
      form.setFocus('password');
      return;
    }
    setLeaving(true);
    // A whole new page: nothing of the signed-out one stays in memory.
    window.location.assign(next);
  });

  return (
    <AuthForm
      title="Sign in"
      lead={
        <>
          New here?{' '}
          <a
            href={`/sign-up?${new URLSearchParams({ next, ...(email && { email }) })}`}
            className="text-link underline underline-offset-4"
          >
            Create an account
          </a>
        </>
      }
      submitLabel="Sign in"
      busy={isSubmitting || leaving}
      error={failure}
      onSubmit={(event) => void submit(event)}
    >
      <Field label="E-mail" error={errors.email?.message}>
        {(control) => (
          <Input
            {...control}
            {...form.register('email')}
            type="email"
            autoComplete="username"
            className="h-10"
            autoFocus
          />
        )}
      </Field>
      <Field
        label="Password"
        aside={
          forgotHref ? (
            <a href={forgotHref} className="text-link underline underline-offset-4">
              Forgot it?
            </a>
          ) : undefined
        }
        error={errors.password?.message}
      >
        {(control) => (
          <PasswordInput
            {...control}
            {...form.register('password')}
            autoComplete="current-password"
          />
        )}
      </Field>
    </AuthForm>
  );
}

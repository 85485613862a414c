'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { Field } from '../field.tsx';
import { Input } from '../input.tsx';
import { requestPasswordReset } from './auth-client.ts';
import { AuthForm } from './auth-form.tsx';
import { AuthMessage } from './auth-message.tsx';
import { useTypedBefore } from './use-typed-before.ts';

const ForgotPassword = z.object({
  email: z.email('Expected an e-mail address, like ada@example.com.'),
});

export function ForgotPasswordForm() {
  const [failure, setFailure] = useState<string>();
  const [sentTo, setSentTo] = useState<string>();
  const form = useForm({
    resolver: zodResolver(ForgotPassword),
    defaultValues: useTypedBefore({ email: '' }),
  });
  const { errors, isSubmitting } = form.formState;

  const submit = form.handleSubmit(async (values) => {
    setFailure(undefined);
    const result = await requestPasswordReset(values);
    if (result.ok) setSentTo(values.email);
    else setFailure(result.message);
  });

  if (sentTo !== undefined) {
    return (
      <AuthMessage title="Look into your mail">
        If {sentTo} has an account, a link is on its way there. It is good for one hour, once.
      </AuthMessage>
    );
  }
  return (
    <AuthForm
      title="Forgot your password?"
      lead="A link to choose a new one comes by e-mail."
      submitLabel="Send the link"
      busy={isSubmitting}
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
    </AuthForm>
  );
}

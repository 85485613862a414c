'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { Field } from '../field.tsx';
import { resetPassword } from './auth-client.ts';
import { AuthForm } from './auth-form.tsx';
import { AuthMessage } from './auth-message.tsx';
import { PasswordInput } from './password-input.tsx';
import { useTypedBefore } from './use-typed-before.ts';

const ResetPassword = z.object({
  newPassword: z
    .string()
    .min(8, 'Expected at least 8 characters.')
    .max(128, 'Expected at most 128 characters.'),
});

/** The token is behind the #, which no server and no log sees; it leaves the address at once. */
function useToken(): string | null | undefined {
  const [token, setToken] = useState<string | null>();
  useEffect(() => {
    const given = new URLSearchParams(window.location.hash.slice(1)).get('token');
    setToken((known) => known ?? given);
    if (given !== null) window.history.replaceState(null, '', window.location.pathname);
  }, []);
  return token;
}

export function ResetPasswordForm() {
  const token = useToken();
  const [failure, setFailure] = useState<string>();
  const [done, setDone] = useState(false);
  const form = useForm({
    resolver: zodResolver(ResetPassword),
    defaultValues: useTypedBefore({ newPassword: '' }),
  });
  const { errors, isSubmitting } = form.formState;

  const submit = form.handleSubmit(async ({ newPassword }) => {
    if (!token) return;
    setFailure(undefined);
    const result = await resetPassword({ token, newPassword });
    if (result.ok) setDone(true);
    else setFailure(result.message);
  });

  if (done) {
    return (
      <AuthMessage title="Your password is changed">
        All sessions have ended. Sign in with the new one.
      </AuthMessage>
    );
  }
  if (token === null) {
    return (
      <AuthMessage title="This link is not whole">
        Open the link as it is in the mail, or ask for a new one.
      </AuthMessage>
    );
  }
  return (
    <AuthForm
      title="Choose a new password"
      lead="All your sessions end when it changes."
      submitLabel="Change password"
      busy={isSubmitting}
      error={failure}
      onSubmit={(event) => void submit(event)}
    >
      <Field label="New password" hint="At least 8 characters." error={errors.newPassword?.message}>
        {(control) => (
          <PasswordInput
            {...control}
            {...form.register('newPassword')}
            autoComplete="new-password"
            autoFocus
          />
        )}
      </Field>
    </AuthForm>
  );
}

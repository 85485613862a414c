import type { FormEventHandler, ReactNode } from 'react';
import { Alert } from '../alert.tsx';
import { Button } from '../button.tsx';

export type AuthFormProps = {
  title: string;
  lead: ReactNode;
  submitLabel: string;
  busy: boolean;
  error: string | undefined;
  onSubmit: FormEventHandler<HTMLFormElement>;
  children: ReactNode;
};

/** What signing in and signing up share. `method="post"` keeps passwords out of the URL before the script runs. */
export function AuthForm({
  title,
  lead,
  submitLabel,
  busy,
  error,
  onSubmit,
  children,
}: AuthFormProps) {
  return (
    <>
      <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
      <p className="mt-1 text-muted-foreground text-sm">{lead}</p>
      <form method="post" noValidate onSubmit={onSubmit} className="mt-6 flex flex-col gap-4">
        {error ? (
          <Alert tone="danger" live>
            {error}
          </Alert>
        ) : null}
        {children}
        <Button type="submit" variant="primary" size="lg" busy={busy} className="mt-2 w-full">
          {submitLabel}
        </Button>
      </form>
    </>
  );
}

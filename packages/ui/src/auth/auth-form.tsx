import { type FormEventHandler, type ReactNode, useSyncExternalStore } from 'react';
import { Alert } from '../alert.tsx';
import { Button } from '../button.tsx';
import { cn } from '../cn.ts';

export type AuthFormProps = {
  title: string;
  lead: ReactNode;
  submitLabel: string;
  busy: boolean;
  error: string | undefined;
  onSubmit: FormEventHandler<HTMLFormElement>;
  children: ReactNode;
};

const never = () => () => undefined;

/**
 * What signing in and signing up share. Before the script runs nothing is sent: the page would come anew, with
 * empty fields. `method="post"` keeps passwords out of the URL all the same.
 */
export function AuthForm({
  title,
  lead,
  submitLabel,
  busy,
  error,
  onSubmit,
  children,
}: AuthFormProps) {
  const listens = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
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
        <Button
          type="submit"
          variant="primary"
          size="lg"
          busy={busy}
          disabled={!listens}
          className={cn('mt-2 w-full', !listens && 'disabled:opacity-100')}
        >
          {submitLabel}
        </Button>
      </form>
    </>
  );
}

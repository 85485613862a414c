'use client';

import { type ReactNode, useRef, useState } from 'react';
import { Button } from '../button.tsx';
import { Card, CardBody, CardHeader } from '../card.tsx';
import { ConfirmDialog } from '../confirm-dialog.tsx';

type Props = {
  email: string;
  /** What goes with it, and what stays: list items. */
  children: ReactNode;
  busy: boolean;
  /** Why it could not be deleted. */
  error: string | undefined;
  onDelete: () => void;
};

/** Says what goes with it before it asks for the address. */
export function DeleteAccountCard({ email, children, busy, error, onDelete }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  const [asking, setAsking] = useState(false);
  return (
    <Card aria-labelledby="delete-title" className="border-danger/40">
      <CardHeader
        titleId="delete-title"
        title="Delete account"
        description="This cannot be undone."
        actions={
          <Button ref={button} variant="danger-quiet" onClick={() => setAsking(true)}>
            Delete account
          </Button>
        }
      />
      <CardBody>
        <ul className="flex list-disc flex-col gap-1 pl-5 text-muted-foreground text-sm">
          {children}
        </ul>
      </CardBody>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        returnFocus={button.current}
        title="Delete your account?"
        description="You are signed out everywhere, and what is yours alone is erased."
        confirmLabel="Delete account"
        typeToConfirm={email}
        busy={busy}
        error={error}
        onConfirm={onDelete}
      />
    </Card>
  );
}

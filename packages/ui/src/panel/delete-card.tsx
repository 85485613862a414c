'use client';

import { type ReactNode, useRef, useState } from 'react';
import { Button } from '../button.tsx';
import { Card, CardBody, CardHeader } from '../card.tsx';
import { ConfirmDialog } from '../confirm-dialog.tsx';

type Props = {
  /** `Delete account`: the heading, and on both buttons. */
  label: string;
  description?: string;
  /** What goes with it, and what stays: list items. */
  children?: ReactNode;
  /** The question, and what its answer does. */
  question: string;
  warning: string;
  /** What has to be typed first. */
  named: string;
  busy: boolean;
  /** Why it could not be deleted. */
  error: string | undefined;
  onDelete: () => void;
};

/** The end of something with all that belongs to it: says what goes before it asks for its name. */
export function DeleteCard(props: Props) {
  const { label, description = 'This cannot be undone.', children } = props;
  const { question, warning, named, busy, error, onDelete } = props;
  const button = useRef<HTMLButtonElement>(null);
  const [asking, setAsking] = useState(false);
  return (
    <Card aria-labelledby="delete-title" className="border-danger/40">
      <CardHeader
        titleId="delete-title"
        title={label}
        description={description}
        actions={
          <Button ref={button} variant="danger-quiet" onClick={() => setAsking(true)}>
            {label}
          </Button>
        }
        className={children ? undefined : 'pb-4'}
      />
      {children ? (
        <CardBody>
          <ul className="flex list-disc flex-col gap-1 pl-5 text-muted-foreground text-sm">
            {children}
          </ul>
        </CardBody>
      ) : null}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        returnFocus={button.current}
        title={question}
        description={warning}
        confirmLabel={label}
        typeToConfirm={named}
        busy={busy}
        error={error}
        onConfirm={onDelete}
      />
    </Card>
  );
}

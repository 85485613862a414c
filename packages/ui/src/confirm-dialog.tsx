'use client';

import { AlertDialog } from 'radix-ui';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from './button.tsx';
import { DialogFooter, overlayClasses, panelClasses } from './dialog.tsx';
import { Field, FieldError } from './field.tsx';
import { Input } from './input.tsx';

export type ConfirmDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** What will happen and whether it can be undone. */
  description: ReactNode;
  /** A verb and its object: "Delete file". */
  confirmLabel: string;
  onConfirm: () => void;
  busy?: boolean;
  error?: string | undefined;
  tone?: 'danger' | 'primary';
  /** Where focus goes afterwards, when what opened this is gone by then (a menu item). */
  returnFocus?: HTMLElement | null;
  /** When given, the button works only after this text was typed. */
  typeToConfirm?: string;
};

export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    <AlertDialog.Root open={props.open} onOpenChange={props.onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={overlayClasses} />
        <AlertDialog.Content
          className={panelClasses}
          onCloseAutoFocus={(event) => {
            if (!props.returnFocus?.isConnected) return;
            event.preventDefault();
            props.returnFocus.focus();
          }}
        >
          <ConfirmForm {...props} />
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

function ConfirmForm(props: ConfirmDialogProps) {
  const {
    title,
    description,
    confirmLabel,
    onConfirm,
    busy,
    error,
    tone = 'danger',
    typeToConfirm,
  } = props;
  const [typed, setTyped] = useState('');
  const allowed = typeToConfirm === undefined || typed.trim() === typeToConfirm;

  function submit(event: FormEvent) {
    event.preventDefault();
    event.stopPropagation();
    if (allowed) onConfirm();
  }

  return (
    <form onSubmit={submit}>
      <div className="flex flex-col gap-4 px-5 pt-5">
        <div>
          <AlertDialog.Title className="font-semibold text-base leading-6">
            {title}
          </AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="mt-1 text-muted-foreground text-sm [overflow-wrap:anywhere]">
              {description}
            </div>
          </AlertDialog.Description>
        </div>
        {typeToConfirm === undefined ? null : (
          <Field
            label={
              <>
                Type <span className="select-all font-mono">{typeToConfirm}</span> to confirm
              </>
            }
          >
            {(control) => (
              <Input
                {...control}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
                autoComplete="off"
                spellCheck={false}
              />
            )}
          </Field>
        )}
        {error ? <FieldError>{error}</FieldError> : null}
      </div>
      <DialogFooter>
        <AlertDialog.Cancel asChild>
          <Button>Cancel</Button>
        </AlertDialog.Cancel>
        <Button
          type="submit"
          variant={tone === 'danger' ? 'danger' : 'primary'}
          busy={busy ?? false}
          disabled={!allowed}
        >
          {confirmLabel}
        </Button>
      </DialogFooter>
    </form>
  );
}

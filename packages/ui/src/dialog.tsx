'use client';

import { X } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { Button, type ButtonProps } from './button.tsx';
import { cn } from './cn.ts';

export const Dialog = Primitive.Root;
export const DialogTrigger = Primitive.Trigger;
export const DialogClose = Primitive.Close;

export const overlayClasses = 'fixed inset-0 z-50 animate-fade-in bg-overlay';
export const panelClasses =
  'fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 -translate-y-1/2 animate-fade-in flex-col overflow-y-auto scroll-pb-24 rounded-xl border bg-popover text-foreground shadow-dialog focus-visible:outline-none';

export type DialogContentProps = Omit<ComponentProps<typeof Primitive.Content>, 'title'> & {
  title: ReactNode;
  description?: ReactNode;
  /** Off for a dialog that must be answered with a button of its own. */
  closable?: boolean;
};

export function DialogContent({
  title,
  description,
  closable = true,
  className,
  children,
  ...props
}: DialogContentProps) {
  const described = description ? {} : { 'aria-describedby': undefined };
  return (
    <Primitive.Portal>
      <Primitive.Overlay className={overlayClasses} />
      <Primitive.Content className={cn(panelClasses, className)} {...described} {...props}>
        <div className="px-5 pt-5 pe-12">
          <Primitive.Title className="font-semibold text-base leading-6">{title}</Primitive.Title>
          {description ? (
            <Primitive.Description className="mt-1 text-muted-foreground text-sm">
              {description}
            </Primitive.Description>
          ) : null}
        </div>
        {children}
        {closable ? (
          <Primitive.Close asChild>
            <Button
              variant="ghost"
              size="icon-sm"
              aria-label="Close"
              className="absolute end-4 top-4"
            >
              <X />
            </Button>
          </Primitive.Close>
        ) : null}
      </Primitive.Content>
    </Primitive.Portal>
  );
}

export function DialogBody({ className, ...props }: ComponentProps<'div'>) {
  return <div className={cn('flex flex-col gap-4 px-5 pt-4', className)} {...props} />;
}

export function DialogFooter({ className, ...props }: ComponentProps<'div'>) {
  return (
    <div
      className={cn(
        // Stays in sight under a long form, which fades out above it.
        'sticky bottom-0 mt-4 flex flex-col-reverse gap-2 rounded-b-xl bg-popover px-5 pt-1 pb-5 sm:flex-row sm:justify-end',
        'before:pointer-events-none before:absolute before:inset-x-0 before:bottom-full before:h-4 before:bg-linear-to-t before:from-popover before:to-transparent',
        className,
      )}
      {...props}
    />
  );
}

/** Under a form: the way back, and the button that sends it. */
export function DialogSubmit(props: ButtonProps) {
  return (
    <DialogFooter>
      <DialogClose asChild>
        <Button>Cancel</Button>
      </DialogClose>
      <Button type="submit" variant="primary" {...props} />
    </DialogFooter>
  );
}

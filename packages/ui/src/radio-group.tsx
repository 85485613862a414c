'use client';

import { RadioGroup as Primitive } from 'radix-ui';
import { type ComponentProps, type ReactNode, useId } from 'react';
import { cn } from './cn.ts';

export function RadioGroup({ className, ...props }: ComponentProps<typeof Primitive.Root>) {
  return <Primitive.Root className={cn('grid gap-2', className)} {...props} />;
}

export type RadioCardProps = ComponentProps<typeof Primitive.Item> & {
  label: ReactNode;
  description?: ReactNode;
};

/** One choice as a card: label and the consequence of choosing it. */
export function RadioCard({ label, description, className, ...props }: RadioCardProps) {
  const id = useId();
  return (
    <div
      className={cn(
        'relative flex gap-3 rounded-md border border-border-strong bg-card p-3 transition-colors hover:bg-muted has-data-[state=checked]:border-primary has-data-[state=checked]:bg-primary-soft',
        className,
      )}
    >
      <Primitive.Item
        id={id}
        aria-describedby={description ? `${id}-description` : undefined}
        className="mt-0.5 inline-flex size-4 shrink-0 items-center justify-center rounded-full border border-input bg-card after:absolute after:inset-0 after:rounded-md data-[state=checked]:border-primary focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-offset-2 focus-visible:after:outline-ring"
        {...props}
      >
        <Primitive.Indicator className="size-2 rounded-full bg-primary" />
      </Primitive.Item>
      <div className="min-w-0">
        <label htmlFor={id} className="font-medium text-sm">
          {label}
        </label>
        {description ? (
          <p id={`${id}-description`} className="text-muted-foreground text-xs leading-4">
            {description}
          </p>
        ) : null}
      </div>
    </div>
  );
}

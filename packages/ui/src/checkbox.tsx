'use client';

import { Check, Minus } from 'lucide-react';
import { Checkbox as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

export function Checkbox({ className, ...props }: ComponentProps<typeof Primitive.Root>) {
  return (
    <Primitive.Root
      className={cn(
        'group relative inline-flex size-4 shrink-0 items-center justify-center rounded-sm border border-input bg-card transition-colors',
        // The target is 24 px though the box is 16.
        'before:absolute before:-inset-1',
        'data-[state=checked]:border-primary data-[state=indeterminate]:border-primary data-[state=checked]:bg-primary data-[state=indeterminate]:bg-primary',
        'text-primary-foreground disabled:opacity-50 aria-invalid:border-danger',
        className,
      )}
      {...props}
    >
      <Primitive.Indicator className="flex">
        <Check
          aria-hidden="true"
          className="size-3 stroke-3 group-data-[state=indeterminate]:hidden"
        />
        <Minus
          aria-hidden="true"
          className="hidden size-3 stroke-3 group-data-[state=indeterminate]:block"
        />
      </Primitive.Indicator>
    </Primitive.Root>
  );
}

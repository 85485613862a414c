import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

export type LabelProps = ComponentProps<'label'> & { htmlFor: string };

export function Label({ className, htmlFor, ...props }: LabelProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is named by htmlFor, which is required here
    <label
      htmlFor={htmlFor}
      className={cn('font-medium text-foreground text-sm', className)}
      {...props}
    />
  );
}

import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';

const looks = {
  info: { icon: Info, classes: 'border-info/30 bg-info-soft text-info' },
  success: { icon: CircleCheck, classes: 'border-success/30 bg-success-soft text-success' },
  warning: { icon: TriangleAlert, classes: 'border-warning/30 bg-warning-soft text-warning' },
  danger: { icon: CircleAlert, classes: 'border-danger/30 bg-danger-soft text-danger' },
};

export type AlertProps = {
  tone?: keyof typeof looks;
  title?: ReactNode;
  children?: ReactNode;
  className?: string;
  /** Announced when it appears; leave off for what stands on the page from the start. */
  live?: boolean;
};

export function Alert({ tone = 'info', title, children, className, live }: AlertProps) {
  const { icon: Icon, classes } = looks[tone];
  return (
    <div
      role={live ? 'alert' : undefined}
      className={cn('flex gap-2.5 rounded-md border px-3 py-2.5 text-sm', classes, className)}
    >
      <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 [overflow-wrap:anywhere]">
        {title ? <p className="font-medium">{title}</p> : null}
        {children ? <div className={title ? 'mt-0.5' : ''}>{children}</div> : null}
      </div>
    </div>
  );
}

import { cn } from './cn.ts';

export type ProgressProps = {
  /** 0 to 100; `null` when it is not known how much is left. */
  value: number | null;
  /** What is progressing. */
  label: string;
  tone?: 'primary' | 'success' | 'danger';
  className?: string;
};

const tones = { primary: 'bg-primary', success: 'bg-success', danger: 'bg-danger' };

export function Progress({ value, label, tone = 'primary', className }: ProgressProps) {
  const known = value === null ? null : Math.max(0, Math.min(100, value));
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={known === null ? undefined : Math.round(known)}
      className={cn('h-1 w-full overflow-hidden rounded-full bg-hover', className)}
    >
      <div
        className={cn('h-full rounded-full', tones[tone], known === null && 'animate-pulse-soft')}
        style={{ width: `${known ?? 100}%` }}
      />
    </div>
  );
}

import { Badge, type BadgeTone } from './badge.tsx';
import { cn } from './cn.ts';

export const fileStatuses = [
  'pending',
  'verifying',
  'ready',
  'rejected',
  'failed',
  'expired',
  'deleted',
] as const;
export type FileStatus = (typeof fileStatuses)[number];

const looks: Record<FileStatus, { tone: BadgeTone; label: string; moving?: boolean }> = {
  pending: { tone: 'neutral', label: 'Pending', moving: true },
  verifying: { tone: 'info', label: 'Verifying', moving: true },
  ready: { tone: 'success', label: 'Ready' },
  rejected: { tone: 'danger', label: 'Rejected' },
  failed: { tone: 'danger', label: 'Failed' },
  expired: { tone: 'warning', label: 'Expired' },
  deleted: { tone: 'outline', label: 'Deleted' },
};

export type StatusChipProps =
  | { status: FileStatus; className?: string }
  | { tone: BadgeTone; label: string; moving?: boolean; className?: string };

/** State as word and colour, never colour alone. */
export function StatusChip(props: StatusChipProps) {
  const { tone, label, moving } = 'status' in props ? looks[props.status] : props;
  return (
    <Badge tone={tone} className={props.className}>
      <span
        aria-hidden="true"
        className={cn('size-1.5 rounded-full bg-current', moving && 'animate-pulse-soft')}
      />
      {label}
    </Badge>
  );
}

import { cn } from '@repo/ui/cn';
import { Shield, ShieldAlert, ShieldCheck, ShieldEllipsis } from 'lucide-react';
import type { FileRow } from '../../lib/trpc.ts';

const looks = {
  clean: {
    icon: ShieldCheck,
    tone: 'text-success',
    text: 'A virus scanner called these bytes clean',
  },
  infected: { icon: ShieldAlert, tone: 'text-danger', text: 'A virus scanner found something' },
  pending: { icon: ShieldEllipsis, tone: 'text-warning', text: 'Waits for the virus scanner' },
  not_scanned: { icon: Shield, tone: 'text-muted-foreground', text: 'Not scanned for viruses' },
} as const;

/** What a scanner said, and only that; before and without a verdict nothing looks like one. */
export function ScanMark({ row: { status, scan } }: { row: Pick<FileRow, 'status' | 'scan'> }) {
  // Only of ready files is it news that nobody looked.
  if (scan === 'not_scanned' && status !== 'ready') return null;
  const { icon: Icon, tone, text } = looks[scan];
  return (
    <Icon role="img" aria-label={text} className={cn('size-4 shrink-0 max-sm:hidden', tone)} />
  );
}

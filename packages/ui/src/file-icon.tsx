import {
  File,
  FileArchive,
  FileAudio,
  FileCode,
  FileImage,
  FileSpreadsheet,
  FileText,
  FileVideo,
  type LucideIcon,
} from 'lucide-react';
import { cn } from './cn.ts';

const byPattern: readonly [RegExp, LucideIcon][] = [
  [/^image\//, FileImage],
  [/^video\//, FileVideo],
  [/^audio\//, FileAudio],
  [/zip|gzip|x-tar|x-7z|x-rar|compressed/, FileArchive],
  [/csv|spreadsheet|excel/, FileSpreadsheet],
  [/json|javascript|typescript|xml|html|css|x-sh/, FileCode],
  [/^text\/|pdf|word|document|rtf/, FileText],
];

export function iconForType(mime: string): LucideIcon {
  return byPattern.find(([pattern]) => pattern.test(mime))?.[1] ?? File;
}

/** Decorative: the type is also said in words. */
export function FileIcon({ type, className }: { type: string; className?: string }) {
  const Icon = iconForType(type);
  return (
    <Icon aria-hidden="true" className={cn('size-4 shrink-0 text-muted-foreground', className)} />
  );
}

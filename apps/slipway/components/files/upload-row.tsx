'use client';

import { Button } from '@repo/ui/button';
import { cn } from '@repo/ui/cn';
import { FileIcon } from '@repo/ui/file-icon';
import { formatBytes, formatDuration } from '@repo/ui/format';
import { Progress } from '@repo/ui/progress';
import { Spinner } from '@repo/ui/spinner';
import { CircleAlert, CircleCheck, type LucideIcon, Pause, Play, RotateCw, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { breaksRule, type UploadItem } from 'slipway/client';
import { SpeedMeter } from '../../lib/uploads/speed.ts';
import type { ProjectUploader } from './use-uploader.ts';

const holdable: readonly UploadItem['state'][] = ['queued', 'requesting', 'uploading'];

/** The same bytes would be refused again. */
const verdicts = [
  'size_mismatch',
  'type_mismatch',
  'digest_mismatch',
  'infected',
  'not_scannable',
  'file_limit_reached',
];

export function canRetry({ state, error }: UploadItem): boolean {
  if (state === 'cancelled') return true;
  return state === 'error' && !breaksRule(error) && !verdicts.includes(error?.code ?? '');
}

function detail({ state, file, loaded, error }: UploadItem, speed: number): string {
  switch (state) {
    case 'queued':
    case 'requesting':
      return `Waiting · ${formatBytes(file.size)}`;
    case 'uploading': {
      const left = speed > 0 ? ` · ${formatDuration((file.size - loaded) / speed)} left` : '';
      const rate = speed > 0 ? ` · ${formatBytes(Math.round(speed))}/s` : '';
      return `${formatBytes(loaded)} of ${formatBytes(file.size)}${rate}${left}`;
    }
    case 'paused':
      return `Paused at ${formatBytes(loaded)} of ${formatBytes(file.size)}`;
    case 'completing':
      return 'Verifying the stored bytes';
    case 'done':
      return `Ready · ${formatBytes(file.size)}`;
    case 'cancelled':
      return 'Cancelled';
    case 'error':
      return error?.message ?? 'Not uploaded';
  }
}

function useSpeed({ key, loaded, state }: UploadItem): number {
  const [meter] = useState(() => new SpeedMeter());
  const [speed, setSpeed] = useState(0);
  useEffect(() => {
    if (state === 'uploading') setSpeed(meter.note(key, loaded, performance.now()));
    else meter.forget(key);
  }, [meter, key, loaded, state]);
  return speed;
}

export function UploadRow({ item, uploader }: { item: UploadItem; uploader: ProjectUploader }) {
  const speed = useSpeed(item);
  const { name } = item.file;
  return (
    <li className="flex items-start gap-3 py-2.5 pr-2 pl-4">
      <StateIcon item={item} />
      <div className="min-w-0 flex-1">
        <p className="truncate text-sm" title={name}>
          {name}
        </p>
        <p
          className={cn(
            'text-xs leading-4 tabular-nums',
            item.state === 'error' ? 'text-danger' : 'text-muted-foreground',
          )}
        >
          {detail(item, speed)}
        </p>
        {item.state === 'uploading' || item.state === 'paused' ? (
          <Progress value={item.progress * 100} label={`Upload of ${name}`} className="mt-1.5" />
        ) : null}
      </div>
      {/* One place for what starts and stops, so that the focus stays when it changes. */}
      {holdable.includes(item.state) ? (
        <Action icon={Pause} verb="Pause" name={name} run={() => uploader.pause(item.key)} />
      ) : item.state === 'paused' ? (
        <Action icon={Play} verb="Resume" name={name} run={() => uploader.resume(item.key)} />
      ) : canRetry(item) ? (
        <Action icon={RotateCw} verb="Retry" name={name} run={() => uploader.retry(item.key)} />
      ) : null}
      {holdable.includes(item.state) || item.state === 'paused' ? (
        <Action icon={X} verb="Cancel" name={name} run={() => uploader.cancel(item.key)} />
      ) : null}
    </li>
  );
}

type ActionProps = { icon: LucideIcon; verb: string; name: string; run: () => void };

function Action({ icon: Icon, verb, name, run }: ActionProps) {
  return (
    <Button
      size="icon-sm"
      variant="ghost"
      aria-label={`${verb} the upload of ${name}`}
      title={verb}
      onClick={run}
    >
      <Icon />
    </Button>
  );
}

function StateIcon({ item }: { item: UploadItem }) {
  const place = 'mt-0.5 size-4 shrink-0';
  switch (item.state) {
    case 'done':
      return <CircleCheck aria-hidden="true" className={cn(place, 'text-success')} />;
    case 'error':
      return <CircleAlert aria-hidden="true" className={cn(place, 'text-danger')} />;
    case 'completing':
      return <Spinner className={cn(place, 'text-muted-foreground')} />;
    default:
      return <FileIcon type={item.file.type} className={place} />;
  }
}

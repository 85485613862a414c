import { Progress } from '@repo/ui/progress';

const NEAR_PERCENT = 80;

export interface QuotaProps {
  label: string;
  used: number;
  /** Of uploads on their way: counts for the limit. */
  reserved?: number;
  /** Null for none; left out where nothing of the kind exists. */
  limit?: number | null;
  format: (amount: number) => string;
}

/** One thing that is counted, beside what is allowed. */
export function QuotaRow({ label, used, reserved = 0, limit, format }: QuotaProps) {
  const percent = limit == null ? null : Math.min(100, ((used + reserved) / limit) * 100);
  return (
    <li className="flex flex-col gap-2 py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-medium text-sm">{label}</span>
        <span className="text-sm tabular-nums">
          {format(used)}{' '}
          <span className="text-muted-foreground">
            {limit === undefined ? '' : limit === null ? '· no limit' : `of ${format(limit)}`}
            {reserved > 0 ? ` · ${format(reserved)} on the way` : ''}
          </span>
        </span>
      </div>
      {percent === null ? null : (
        <Progress
          label={`${label}: ${Math.floor(percent)} % used`}
          value={percent}
          tone={percent >= NEAR_PERCENT ? 'danger' : 'primary'}
        />
      )}
    </li>
  );
}

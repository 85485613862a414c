import { cn } from '@repo/ui/cn';
import { spotText } from '../../lib/requests.ts';
import { Thumb } from '../thumb.tsx';

type Props = {
  photo: { thumbUrl: string; width: number; height: number };
  /** What the photo is called. */
  name: string;
  spot: { x: number; y: number } | null;
  className?: string;
};

/** The whole photo, small, with a pin at the spot that somebody means. Its place is kept before it is there. */
export function PinnedThumb({ photo, name, spot, className }: Props) {
  const { thumbUrl, width, height } = photo;
  return (
    <span
      className={cn('relative block shrink-0 overflow-hidden rounded-sm bg-canvas', className)}
      style={{ aspectRatio: `${width} / ${height}` }}
    >
      <Thumb
        src={thumbUrl}
        alt={spot ? `${name}, with a pin ${spotText(spot)}` : name}
        className="absolute inset-0 size-full object-cover"
      />
      {spot ? (
        <span
          aria-hidden="true"
          data-pin="said"
          className="absolute size-3.5 -translate-x-1/2 -translate-y-1/2 rounded-full border-2 border-white bg-primary shadow-[0_0_0_1.5px_rgb(0_0_0/0.7)]"
          style={{ left: `${spot.x * 100}%`, top: `${spot.y * 100}%` }}
        />
      ) : null}
    </span>
  );
}

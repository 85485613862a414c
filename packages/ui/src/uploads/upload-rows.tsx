'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { UploadControls, UploadSnapshot, UploadWords } from './queue.ts';
import { UploadRow } from './upload-row.tsx';

type Items = UploadSnapshot['items'];

const ranks = {
  error: 0,
  uploading: 1,
  completing: 1,
  requesting: 1,
  paused: 2,
  queued: 2,
  cancelled: 3,
  done: 4,
};

/** What needs a person first, then what moves; what is over last. */
function byUrgency(items: Items): Items {
  return items.toSorted((a, b) => ranks[a.state] - ranks[b.state]);
}

/** A name and a line below it; a reason may take more. */
const ROW = 53;

type Props = { items: Items; uploader: UploadControls; words: UploadWords };

/** All of them, of which only those in sight exist: a card's worth are hundreds. */
export function UploadRows({ items, uploader, words }: Props) {
  const sorted = byUrgency(items);
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => box.current,
    getItemKey: (index) => sorted[index]?.key ?? index,
    estimateSize: () => ROW,
    overscan: 2,
  });
  const rows = virtual.getVirtualItems();
  const [first, last] = [rows[0], rows.at(-1)];
  return (
    // Not the list itself, which its own padding would keep from being lower.
    <div ref={box} className="max-h-64 overflow-y-auto border-t">
      <ul
        className="divide-y"
        style={{
          paddingTop: first?.start ?? 0,
          paddingBottom: virtual.getTotalSize() - (last?.end ?? 0),
          overflowAnchor: 'none',
        }}
      >
        {rows.map(({ index, key }) => {
          const item = sorted[index];
          return item === undefined ? null : (
            <UploadRow
              key={key}
              measure={virtual.measureElement}
              count={sorted.length}
              {...{ item, index, uploader, words }}
            />
          );
        })}
      </ul>
    </div>
  );
}

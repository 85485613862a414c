'use client';

import { Switch } from '../switch.tsx';

const CHANNELS = ['mail', 'app'] as const;
type Channel = (typeof CHANNELS)[number];
const CHANNEL_NAMES = { mail: 'Mail', app: 'In app' } as const;

export type NoticeChoice = {
  kind: string;
  name: string;
  about: string;
  /** On or off, by each way in which it can come. */
  channels: Partial<Record<Channel, boolean>>;
};

export type NoticeSwitch = { kind: string; channel: Channel; isOn: boolean };

/** The same rows with one switch turned, before the server has said so. */
export function turned<K extends NoticeChoice>(kinds: readonly K[], choice: NoticeSwitch): K[] {
  return kinds.map((each) =>
    each.kind === choice.kind
      ? { ...each, channels: { ...each.channels, [choice.channel]: choice.isOn } }
      : each,
  );
}

type Props = { kinds: readonly NoticeChoice[]; onChoose: (choice: NoticeSwitch) => void };

/** What somebody is told: a row for each kind, a switch for each way. Each takes effect at once. */
export function NoticeChoices({ kinds, onChoose }: Props) {
  const shown = CHANNELS.filter((channel) => kinds.some((each) => channel in each.channels));
  const several = shown.length > 1;
  return (
    <div>
      {several ? (
        <div
          aria-hidden="true"
          className="flex justify-end gap-4 pb-1 font-medium text-muted-foreground text-xs"
        >
          {shown.map((channel) => (
            <span key={channel} className="w-12 text-center">
              {CHANNEL_NAMES[channel]}
            </span>
          ))}
        </div>
      ) : null}
      <ul className="divide-y">
        {kinds.map(({ kind, name, about, channels }) => (
          <li
            key={kind}
            className="flex items-start justify-between gap-6 py-3 first:pt-0 last:pb-0"
          >
            <div className="min-w-0">
              <p id={`${kind}-name`} className="font-medium text-sm">
                {name}
              </p>
              <p id={`${kind}-about`} className="text-muted-foreground text-sm">
                {about}
              </p>
            </div>
            <div className="mt-0.5 flex shrink-0 gap-4">
              {shown.map((channel) => {
                const isOn = channels[channel];
                const named = several ? `${name}: ${CHANNEL_NAMES[channel]}` : name;
                return (
                  <span key={channel} className={several ? 'flex w-12 justify-center' : 'flex'}>
                    {isOn === undefined ? null : (
                      <Switch
                        aria-label={named}
                        aria-describedby={`${kind}-about`}
                        checked={isOn}
                        onCheckedChange={(next) => onChoose({ kind, channel, isOn: next })}
                      />
                    )}
                  </span>
                );
              })}
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}

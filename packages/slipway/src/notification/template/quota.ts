import { button, paragraph, strong } from '@repo/foundation/mail';
import type { Message } from '@repo/foundation/notification';
import { bytesInWords, shortened } from '../words.ts';

const WORDS = {
  storageBytes: { name: 'storage', unit: bytesInWords, until: 'until something is deleted' },
  monthlyUploads: {
    name: 'monthly uploads',
    unit: (count: number) => count.toLocaleString('en-US'),
    until: 'until the month (UTC) ends',
  },
  monthlyBytes: {
    name: 'monthly upload volume',
    unit: bytesInWords,
    until: 'until the month (UTC) ends',
  },
} as const;

interface Quota {
  organizationName: string;
  metric: keyof typeof WORDS;
  percent: number;
  plan: string;
  limit: number;
  url: string;
}

export function quotaMessage(input: Quota): Message {
  const { organizationName, metric, percent, plan, limit, url } = input;
  const { name, unit, until } = WORDS[metric];
  const isFull = percent >= 100;
  const what = isFull
    ? `New uploads are refused (quota_exceeded) ${until}, or until the plan is a larger one. Files that are there stay, and are served.`
    : 'Nothing is refused yet. At 100 % new uploads are.';
  return {
    subject: `${shortened(organizationName)} has used ${percent} % of its ${name}`,
    title: `${percent} % of the ${name} is used`,
    preview: what,
    body: [
      paragraph(
        'The organization ',
        strong(organizationName),
        ` has used ${percent} % of the ${unit(limit)} that its plan (${plan}) allows as ${name}.`,
      ),
      paragraph(what),
      button(url, 'Open plan and usage'),
    ],
  };
}

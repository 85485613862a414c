import { button, paragraph, strong } from '@repo/foundation/mail';
import type { Message } from '@repo/foundation/notification';
import { shortened, utcTime } from '../words.ts';

interface KeyExpiring {
  projectName: string;
  keyName: string;
  last4: string;
  expiresAt: Date;
  lastUsedAt: Date | null;
  /** Within a day; else within seven. */
  isSoon: boolean;
  url: string;
}

export function keyExpiringMessage(input: KeyExpiring): Message {
  const { projectName, keyName, last4, expiresAt, lastUsedAt, isSoon, url } = input;
  const when = isSoon ? 'within a day' : 'within a week';
  const used =
    lastUsedAt === null ? 'It was never used.' : `It was last used on ${utcTime(lastUsedAt)}.`;
  return {
    subject: `Key “${shortened(keyName, 40)}” of ${shortened(projectName, 40)} expires ${when}`,
    title: `A key expires ${when}`,
    preview: `It opens nothing after ${utcTime(expiresAt)}.`,
    body: [
      paragraph(
        'The key ',
        strong(keyName),
        ` (… ${last4}) of the project `,
        strong(projectName),
        ` opens nothing after ${utcTime(expiresAt)}. ${used}`,
      ),
      paragraph('Roll it: the new one takes its place, and both work for as long as you choose.'),
      button(url, 'Open the keys'),
    ],
  };
}

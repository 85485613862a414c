import { button, link, paragraph, table } from '@repo/foundation/mail';
import { dayInWords, type Message } from '@repo/foundation/notification';
import type { ProjectDay } from '../summarize.ts';
import { bytesInWords, counted, shortened } from '../words.ts';

const MOST = 20;

interface DailySummary {
  day: string;
  timeZone: string;
  projects: readonly ProjectDay[];
  /** Of this installation. */
  url: string;
}

export function dailySummaryMessage({ day, timeZone, projects, url }: DailySummary): Message {
  const sum = (pick: (each: ProjectDay) => number) =>
    projects.reduce((total, each) => total + pick(each), 0);
  const files = sum((each) => each.files);
  const failed = sum((each) => each.failed);
  const facts = [
    `${counted(files, 'new file')}, ${bytesInWords(sum((each) => each.bytes))}`,
    ...(failed > 0 ? [`${counted(failed, 'upload')} failed`] : []),
  ].join('; ');
  const more = projects.length - MOST;
  return {
    subject: `${dayInWords(day)}: ${facts}`,
    title: dayInWords(day),
    preview: facts,
    body: [
      paragraph(`What happened in your projects, by the clocks of ${timeZone}:`),
      table({
        head: ['Project', 'New', 'Size', 'Failed', 'Deleted'],
        rows: projects
          .slice(0, MOST)
          .map((each) => [
            link(`${url}/projects/${each.id}`, shortened(each.name, 40)),
            each.files.toLocaleString('en-US'),
            bytesInWords(each.bytes),
            each.failed.toLocaleString('en-US'),
            each.deleted.toLocaleString('en-US'),
          ]),
        numeric: true,
      }),
      ...(more > 0 ? [paragraph(`And ${counted(more, 'more project')}.`)] : []),
      button(`${url}/dashboard`, 'Open the dashboard'),
    ],
  };
}

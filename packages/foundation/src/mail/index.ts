export { mailEnv, mailSender } from './env.ts';
export { pruneMailsJob, sendMailJob } from './jobs.ts';
export type { Mailer } from './mailer.ts';
export { openMailer } from './open-mailer.ts';
export { pruneMails } from './prune.ts';
export { sendMail } from './send-mail.ts';
export { MAIL_STATES, type MailRow, mail } from './table.ts';
export {
  button,
  link,
  type MailPart,
  paragraph,
  smallPrint,
  strong,
  table,
} from './template/parts.ts';
export { type Rendered, renderMail } from './template/render.ts';
export { accountMails } from './write-account-mails.ts';
export { type MailContext, writeMail } from './write-mail.ts';

import { button, link, paragraph, smallPrint } from './template/parts.ts';
import { type Rendered, renderMail } from './template/render.ts';

interface AccountMail {
  /** The product's name. */
  brand: string;
  accent?: string | undefined;
  url: string;
}

const bare = (url: string) =>
  smallPrint('If the button does not work, open this address: ', link(url, url));

export const passwordResetMail = ({ brand, accent, url }: AccountMail): Promise<Rendered> =>
  renderMail({
    ...{ brand, accent },
    subject: `Reset your ${brand} password`,
    title: 'Choose a new password',
    preview: 'The link is good for one hour, once.',
    body: [
      paragraph(
        `Somebody, hopefully you, asked for a new password for your ${brand} account. The link is good for one hour, once. All your sessions end when the password changes.`,
      ),
      button(url, 'Choose a new password'),
      bare(url),
    ],
    footer: [smallPrint('It was not you? Then do nothing: your password stays as it is.')],
  });

export const verifyEmailMail = ({ brand, accent, url }: AccountMail): Promise<Rendered> =>
  renderMail({
    ...{ brand, accent },
    subject: `Confirm your e-mail address for ${brand}`,
    title: 'Is this your address?',
    preview: 'Confirm it, so that notifications reach you.',
    body: [
      paragraph(
        `An account at ${brand} was made with this address. Confirm that it is yours, so that notifications reach you. The link is good for one day.`,
      ),
      button(url, 'Confirm address'),
      bare(url),
    ],
    footer: [smallPrint('It was not you? Then do nothing, and you hear no more of it.')],
  });

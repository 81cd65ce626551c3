import { readFile } from 'node:fs/promises';
import { type Language, translator } from '@vinculo/languages';
import { Liquid } from 'liquidjs';

/** Mails whose point is one button. Their words are in the catalogue `mail`, under the name. */
export type MailTemplate =
  | 'invitation'
  | 'reset-password'
  | 'password-changed'
  | 'webhook-off'
  | 'hand-back-failed'
  | 'board'
  | 'connection-failing'
  | 'connection-recovered'
  | 'connection-drifted';

export interface MailContent {
  /** Where the button goes. */
  link: string;
  /** How the person is called, if known. */
  name?: string;
  /** The company that uses Vínculo. */
  company: string;
  [word: string]: string | number | undefined;
}

export interface ComposedMail {
  subject: string;
  html: string;
  text: string;
}

const liquid = new Liquid({ strictVariables: true });
const escaping = new Liquid({ strictVariables: true, outputEscape: 'escape' });
let layout: Promise<{ html: ReturnType<Liquid['parse']>; text: ReturnType<Liquid['parse']> }> | undefined;

/** The mail in the reader's language, as HTML (MJML, so that Outlook shows it too) and as plain text. */
export async function compose(template: MailTemplate, language: Language, data: MailContent): Promise<ComposedMail> {
  const t = translator(language);
  const say = (part: string) => t(`mail:${template}.${part}`, data);
  const words = {
    language,
    link: data.link,
    greeting: data.name ? t('access:mail.hello', { name: data.name }) : t('access:mail.helloNobody'),
    title: say('title'),
    body: say('body'),
    button: say('button'),
    note: say('note'),
    copyLink: t('mail:copyLink'),
    footer: t('mail:footer', data),
  };
  const { html, text } = await (layout ??= compile());
  return {
    // A header is one line, whatever a person called themselves.
    subject: say('subject').replaceAll(/\s+/g, ' '),
    html: (await escaping.render(html, words)) as string,
    text: (await liquid.render(text, words)) as string,
  };
}

/** MJML once, Liquid each time: the tags go through MJML untouched. */
async function compile() {
  // Loaded with the first mail: mjml takes half a second that no start should pay.
  const { default: mjml } = await import('mjml');
  const { html } = await mjml(await readFile(new URL('./templates/action.mjml', import.meta.url), 'utf8'), { validationLevel: 'strict' });
  return { html: escaping.parse(html), text: liquid.parse(await readFile(new URL('./templates/action.txt', import.meta.url), 'utf8')) };
}

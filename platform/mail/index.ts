export { compose, type ComposedMail, type MailContent, type MailTemplate } from './compose.ts';
export { forgetOldMail, type Mail, type MailAttachment, MAIL_OUTBOX, type MailMessage, openMail, type OpenMailOptions } from './mail.ts';

/** Postgres migrations of the queue. */
export const mailMigrations = { name: 'mail', folder: new URL('./migrations/', import.meta.url) };

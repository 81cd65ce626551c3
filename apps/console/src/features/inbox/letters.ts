import type { Letter as LetterSchema, LetterCounts, LetterRow as RowSchema } from '@vinculo/channels/api/letters';
import type { TFunction } from 'i18next';
import type { z } from 'zod';
import { type Icon, IconFileText, IconMail, IconPrinter } from '../../ui/icons.ts';

export type Letter = z.infer<typeof LetterSchema>;
export type Row = z.infer<typeof RowSchema>;
export type Counts = z.infer<typeof LetterCounts>;

/** What is out of date after a letter was decided, registered or changed. */
export const LETTERS = ['/letters', '/customers', '/contacts'];

export const STATES = ['waiting', 'assigned', 'aside', 'stranger'] as const;
export const FORMS = ['letter', 'form', 'claim', 'order', 'invoice', 'contract', 'other'] as const;
export const KINDS = ['email', 'post', 'fax'] as const;

export const PICTURE: Record<Row['kind'], Icon> = { email: IconMail, post: IconFileText, fax: IconPrinter };

export const topicOf = (t: TFunction, { topic }: Pick<Row, 'topic'>): string => topic || t('channels:post.noTopic');
export const senderOf = (
  t: TFunction,
  { senderName, senderAddress, customer }: Pick<Row, 'senderName' | 'senderAddress' | 'customer'>,
): string => senderName || senderAddress || customer?.name || t('channels:post.noSender');

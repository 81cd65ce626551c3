import { access } from './access.ts';
import { channelMail } from './channel-mail.ts';
import { connection } from './connection.ts';
import { channel } from './channel.ts';
import { customer } from './customer.ts';
import type { ErrorEntry } from './entry.ts';
import { event } from './event.ts';
import { imports } from './import.ts';
import { lifeCycle } from './life-cycle.ts';
import { money } from './money.ts';
import { needs } from './needs.ts';
import { platform } from './platform.ts';
import { question } from './question.ts';
import { report } from './report.ts';
import { segment } from './segment.ts';
import { webhook } from './webhook.ts';
import { SUBJECTS, type Subject } from './subjects.ts';

export type { ErrorEntry };

type Missing = `VIN_${Uppercase<Subject>}_NOT_FOUND`;
type Conflict = `VIN_${Uppercase<Subject>}_CONFLICT`;

const bySubject = Object.fromEntries(
  Object.entries(SUBJECTS).flatMap(([subject, { es, en }]): [string, ErrorEntry][] => [
    [
      `VIN_${subject.toUpperCase()}_NOT_FOUND`,
      {
        status: 404,
        es: `No encontramos ${es} «{{id}}». Puede que se haya borrado o que el enlace esté mal copiado.`,
        en: `We cannot find ${en} "{{id}}". It may have been deleted, or the link was copied badly.`,
      },
    ],
    [`VIN_${subject.toUpperCase()}_CONFLICT`, { status: 409, es: '{{detail}}', en: '{{detail}}' }],
  ]),
) as Record<Missing | Conflict, ErrorEntry>;

/** Every error the product can give: code → HTTP status and what people read. Codes are stable; sentences may improve. */
export const ERRORS = {
  ...platform,
  ...access,
  ...imports,
  ...customer,
  ...segment,
  ...money,
  ...lifeCycle,
  ...report,
  ...needs,
  ...question,
  ...webhook,
  ...connection,
  ...channel,
  ...event,
  ...channelMail,
  ...bySubject,
};

export type ErrorCode = keyof typeof ERRORS;

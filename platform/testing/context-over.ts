// What the parts of a feature are given, without a server around them.
import { type Context, createSettings } from '@vinculo/http';
import { createJobs } from '@vinculo/jobs';
import { pino } from 'pino';

/** Should a part begin to send mail, its test says so. */
const noMail: Context['mail'] = {
  configured: false,
  async send() {
    throw new Error('This test sends no mail');
  },
  async deliver() {
    throw new Error('This test sends no mail');
  },
  close() {},
};

/** Over stores that are open, with jobs not yet started; the log says nothing unless another is given. */
export function contextOver(
  { config, store, warehouse }: Pick<Context, 'config' | 'store' | 'warehouse'>,
  log: Context['log'] = pino({ level: 'silent' }),
  mail: Context['mail'] = noMail,
): Context {
  const jobs = createJobs(config, store, log);
  return { config, store, warehouse, jobs, mail, log, settings: createSettings(store, config) };
}

// What the parts of the customer file are given, without a server around them.
import { type Context, createSettings } from '@vinculo/http';
import { createJobs } from '@vinculo/jobs';
import { pino } from 'pino';

/** The customer file sends no mail: should a part of it begin to, its test says so. */
const mail: Context['mail'] = {
  configured: false,
  async send() {
    throw new Error('The customer file sends no mail');
  },
  async deliver() {
    throw new Error('The customer file sends no mail');
  },
  close() {},
};

/** Over stores that are open, with jobs not yet started; the log says nothing unless another is given. */
export function contextOver(
  { config, store, warehouse }: Pick<Context, 'config' | 'store' | 'warehouse'>,
  log: Context['log'] = pino({ level: 'silent' }),
): Context {
  const jobs = createJobs(config, store, log);
  return { config, store, warehouse, jobs, mail, log, settings: createSettings(store, config) };
}

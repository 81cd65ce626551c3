// A process that sends what is due, until somebody kills it. Argument: configuration as JSON.
import type { Config } from '@vinculo/config';
import { openPostgres } from '@vinculo/postgres';
import { contextOver } from '@vinculo/testing';
import { sendDue } from './send-due.ts';

const config = JSON.parse(process.argv[2]!) as Config;
const context = contextOver({ config, store: await openPostgres(config), warehouse: undefined as never });
await sendDue(context, {}, new AbortController().signal);

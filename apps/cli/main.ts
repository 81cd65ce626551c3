import { join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { type Config, ConfigError, loadConfig } from '@vinculo/config';
import { sentence, VinculoError } from '@vinculo/errors';
import { type Translate, translator } from '@vinculo/languages';
import { ApiProblem } from './client.ts';
import { NotUnderstood } from './run-import.ts';

const config = readConfig();
const t = translator(config.language);
const KINDS = [
  'customers',
  'products',
  'purchases',
  'contacts',
  'campaigns',
  'campaign_contacts',
  'coupons',
  'redemptions',
  'consents',
  'account_facts',
];

const program = new Command('vinculo').description(t('cli:about')).showHelpAfterError();

program
  .command('start')
  .description(t('cli:start.about'))
  .action(async () => untilStopped(await (await import('./commands/start.ts')).startCommand(config)));

program
  .command('demo')
  .description(t('cli:demo.about'))
  .option('--no-open', t('cli:demo.noOpen'))
  .option('--exit', t('cli:demo.exit'), false)
  .action(async ({ open, exit }: { open: boolean; exit: boolean }) => {
    const { demoCommand } = await import('./commands/demo.ts');
    const server = await demoCommand(demoConfig(config), t, { open: open && !exit && Boolean(process.stdout.isTTY) });
    if (exit) await server.stop();
    else await untilStopped(server);
  });

program
  .command('import')
  .description(t('cli:import.about'))
  .argument('<files...>', t('cli:import.files'))
  .requiredOption('--source <name>', t('cli:import.source'))
  .addOption(new Option('--kind <kind>', t('cli:import.kind')).choices(KINDS))
  .option('--mapping <file>', t('cli:import.mapping'))
  .option('--country <code>', t('cli:import.country'))
  .action((files: string[], flags) => ending(async () => (await import('./commands/import.ts')).importCommand(config, t, files, flags)));

program
  .command('link')
  .description(t('link:about'))
  .argument('<files...>', t('link:flags.files'))
  .requiredOption('--out <file>', t('link:flags.out'))
  .option('--id <column>', t('link:flags.id'))
  .option('--settings <file>', t('link:flags.settings'))
  .option('--save-settings <file>', t('link:flags.saveSettings'))
  .option('--truth <column-or-file>', t('link:flags.truth'))
  .option('--explain <ids...>', t('link:flags.explain'))
  .option('--no-header', t('link:flags.noHeader'))
  .option('--json', t('link:flags.json'), false)
  .option('--quiet', t('link:flags.quiet'), false)
  .addHelpText('after', `\n${t('link:help')}`)
  .action((files: string[], flags) => ending(async () => (await import('./commands/link.ts')).linkCommand(config, t, files, flags)));

program
  .command('generate')
  .description(t('cli:generate.about'))
  .option('--customers <n>', t('cli:generate.customers'), whole, 10_000)
  .option('--purchases <n>', t('cli:generate.purchases'), whole, 50_000)
  .option('--seed <n>', t('cli:generate.seed'), whole, 1)
  .option('--out <folder>', t('cli:generate.out'), './generated')
  .action((flags) => ending(async () => (await import('./commands/generate.ts')).generateCommand(config.language, t, flags)));

program
  .command('unify')
  .description(t('cli:unify.about'))
  .action(() => ending(async () => (await import('./commands/work.ts')).workCommand(config, t, '/unifications')));

program
  .command('score')
  .description(t('cli:score.about'))
  .action(() => ending(async () => (await import('./commands/work.ts')).workCommand(config, t, '/value/scorings')));

program
  .command('config')
  .description(t('cli:config.about'))
  .action(() => ending(async () => (await import('./commands/config.ts')).configCommand(config)));

program
  .command('migrate')
  .description(t('cli:migrate.about'))
  .option('--status', t('cli:migrate.status'), false)
  .action((flags) => ending(async () => (await import('./commands/migrate.ts')).migrateCommand(config, t, flags)));

try {
  await program.parseAsync();
} catch (error) {
  complain(error, t);
  process.exit(1);
}

function readConfig(): Config {
  try {
    return loadConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

/** The demo never mixes with your own data: unless you say where, it has a folder of its own. */
function demoConfig(own: Config): Config {
  return own.dataFolder === resolve('.vinculo') ? { ...own, dataFolder: join(own.dataFolder, 'demo') } : own;
}

async function ending(command: () => Promise<number>): Promise<void> {
  process.exit(await command());
}

async function untilStopped(server: { stop(): Promise<void> }): Promise<void> {
  await new Promise<void>((end) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end());
  });
  await server.stop();
  process.exit(0);
}

function whole(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) {
    console.error(t('cli:notWhole', { text }));
    process.exit(1);
  }
  return number;
}

/** People get a sentence; only what nobody foresaw comes with its stack. */
function complain(error: unknown, say: Translate): void {
  if (error instanceof VinculoError) console.error(`${sentence(error.code, error.params, config.language)} (${error.code})`);
  else if (error instanceof ApiProblem) console.error(`${error.message} (${error.code})`);
  else if (error instanceof NotUnderstood) console.error(error.message);
  else if (error instanceof Error && 'code' in error && error.code === 'ENOENT' && 'path' in error)
    console.error(say('cli:noFile', { path: String(error.path) }));
  else console.error(error);
}

import { queryAsync } from 'chdb';

/** Runs one statement of the engine without any data folder: only used where the warehouse itself is a server elsewhere. */
export default async function unfoldParquet({ sql, settings }: { sql: string; settings: Record<string, string | number> }): Promise<void> {
  const written = Object.entries(settings).map(([name, value]) => `${name} = ${typeof value === 'number' ? value : `'${value}'`}`);
  await queryAsync(`${sql} settings ${written.join(', ')}`);
}

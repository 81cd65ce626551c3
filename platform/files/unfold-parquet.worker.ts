import { queryAsync } from 'chdb';

export interface UnfoldParquet {
  sql: string;
  settings: Record<string, string | number>;
}

/** Runs one statement of the engine without any data folder: only used where no warehouse runs in this process. */
export default async function unfoldParquet({ sql, settings }: UnfoldParquet): Promise<void> {
  const written = Object.entries(settings).map(([name, value]) => `${name} = ${typeof value === 'number' ? value : `'${value}'`}`);
  await queryAsync(`${sql} settings ${written.join(', ')}`);
}

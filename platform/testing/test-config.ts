import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, loadConfig } from '@vinculo/config';

/** A configuration of its own: an empty data folder, a free port, no log. */
export function testConfig(changes: Partial<Config> = {}): Config {
  const dataFolder = mkdtempSync(join(tmpdir(), 'vinculo-test-'));
  const defaults = loadConfig({
    VINCULO_DATA_FOLDER: dataFolder,
    VINCULO_PORT: '0',
    VINCULO_LOG_LEVEL: 'silent',
    VINCULO_WAREHOUSE_MEMORY_MB: '1024',
  });
  return { ...defaults, secret: 'secret for tests, of more than 32 characters', ...changes };
}

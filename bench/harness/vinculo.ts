// A server of the product as its own process on a fresh data folder, as a user would run it.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { peakMemory } from './peak-memory.ts';

export const bin = fileURLToPath(new URL('../../apps/cli/bin/vinculo.js', import.meta.url));

export function scratchFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'vinculo-bench-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export interface Run {
  child: ChildProcess;
  url: string;
  key: string;
  /** Seconds from the spawn to the line that names the address. */
  seconds: number;
  memory: ReturnType<typeof peakMemory>;
  stop(): Promise<void>;
}

/** Runs `vinculo <args>` until it says where it answers. */
export async function runVinculo(args: string[], dataFolder: string, env: Record<string, string> = {}): Promise<Run> {
  const began = performance.now();
  const child = spawn(process.execPath, [bin, ...args], {
    env: { ...process.env, VINCULO_DATA_FOLDER: dataFolder, VINCULO_PORT: '0', VINCULO_LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const memory = peakMemory(child.pid!);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    let out = '';
    child.stdout!.on('data', (chunk: Buffer) => {
      const text = chunk.toString();
      out += text;
      // The log is the server's own; what went wrong in it is worth reading here.
      for (const line of text.split('\n')) if (line.includes('"level":"error"')) process.stderr.write(`${line.slice(0, 2000)}\n`);
      const address = /https?:\/\/[\w.:[\]]+/.exec(out);
      if (address) resolve(address[0]);
    });
    child.once('exit', (code) => reject(new Error(`vinculo ${args.join(' ')} ended with ${code} before it was ready:\n${out}`)));
  });
  return {
    child,
    url,
    seconds: (performance.now() - began) / 1000,
    get key() {
      return readFileSync(join(dataFolder, 'cli.key'), 'utf8').trim();
    },
    memory,
    async stop() {
      memory.stop();
      child.kill('SIGTERM');
      await ended;
    },
  };
}

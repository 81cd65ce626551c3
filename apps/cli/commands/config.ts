import { type Config, describeConfig } from '@vinculo/config';

/** `vinculo config`: every variable as it is in force, secrets masked. */
export function configCommand(config: Config): number {
  for (const { variable, value, default: fallback, description } of describeConfig(config)) {
    console.log(`${variable}=${value}${fallback === '' || value === fallback ? '' : `   (${fallback})`}\n    ${description}`);
  }
  return 0;
}

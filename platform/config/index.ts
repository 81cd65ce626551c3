export { type Config, ConfigError, type ConfigProblem, loadConfig } from './load-config.ts';
export { type DescribedVariable, describeConfig, maskUrl } from './describe-config.ts';
export { ensureSecret } from './secret.ts';
export { childEnvironment } from './child-environment.ts';
export { setTestVariable, type TestVariable, testVariable } from './test-variables.ts';
export { type Logger, silent } from './logger.ts';
export { type SealedBox, sealedBox } from './sealed-box.ts';

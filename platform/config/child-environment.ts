/** The environment a child process is started with: that of this process, and `more` over it. */
export function childEnvironment(more: Record<string, string>): NodeJS.ProcessEnv {
  return { ...process.env, ...more };
}

// A whole server as a child process, to be killed. Argument: configuration as JSON. Tells its parent where it answers.
import { startServer } from './start.ts';

const server = await startServer({ config: JSON.parse(process.argv[2]!), quiet: true });
process.once('SIGTERM', async () => {
  await server.stop();
  process.disconnect();
});
process.send!(server.url);

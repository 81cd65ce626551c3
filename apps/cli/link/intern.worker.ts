// Interns some of the columns of a large file.
import { parentPort, workerData } from 'node:worker_threads';
import { type InternAnswer, type InternMessage, ownColumns } from './intern-columns.ts';

const columns = ownColumns(workerData.data);
const port = parentPort!;
const say = (answer: InternAnswer): void => port.postMessage(answer, []);

port.on('message', (message: InternMessage) => {
  if ('block' in message) {
    columns.add(message.block);
    say({ taken: true });
    return;
  }
  for (const [name, column] of columns.finish()) say({ name, column });
  say({ finished: true });
});

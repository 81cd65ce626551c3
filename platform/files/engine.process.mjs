// Runs one statement of the engine in a process of its own, without any data folder, and prints what it gives: the engine bears
// neither a second of its kind beside it nor a thread that ends, and what memory it took goes with the process.
import { queryAsync } from 'chdb';

try {
  const result = await queryAsync(process.argv[2], { format: 'JSONEachRow' });
  process.stdout.write(result.text());
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

// A thread reads TypeScript only once tsx is registered in it; the linkage starts after that.
import { register } from 'tsx/esm/api';

register();
await import('../link/link.worker.ts');

export { owned, serveThread, startThread, tellProgress, type Thread } from './thread.ts';

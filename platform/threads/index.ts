export { answerOver, type Caller, callOver } from './port.ts';
export { owned, serveThread, startThread, tellProgress, type Thread } from './thread.ts';

// What the console takes too: nothing here reads a file.
export { COUNTS } from './counts.ts';
export { fold } from './fold.ts';
export { writeNumber } from './numbers.ts';

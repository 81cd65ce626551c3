export { ERRORS, type ErrorCode, type ErrorEntry } from './catalogue.ts';
export { conflict, fail, invalid, notFound, sentence, VinculoError } from './vinculo-error.ts';
export { SUBJECTS, type Subject } from './subjects.ts';

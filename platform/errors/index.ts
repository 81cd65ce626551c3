export { ERRORS, type ErrorCode, type ErrorEntry } from './catalogue.ts';
export { conflict, fail, invalid, notFound, sentence, VinculoError, type WrongField } from './vinculo-error.ts';
export { SUBJECTS, type Subject } from './subjects.ts';

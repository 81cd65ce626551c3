import { createHash } from 'node:crypto';

/** SHA-256, hex. Enough for secrets of 256 random bits, which nobody can guess; passwords go through scrypt. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

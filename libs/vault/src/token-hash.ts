import { createHash } from 'node:crypto';

/** The hash under which a token or challenge is stored (SHA-256, hex): 256 random bits need no slow hash, nor a key. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

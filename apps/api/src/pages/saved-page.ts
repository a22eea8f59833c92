import { createHash } from 'node:crypto';
import { savedVerifier, savedVerifierStyle, type Language } from '#libs/wording';
import { savedPageWith } from '../http/headers.js';

const sha256 = (text: string, form: 'base64' | 'hex'): string =>
  createHash('sha256').update(text, 'utf8').digest(form);

/** The verifier as a file to keep, and its digest in hex, by which copies are compared. */
export function savedPage(language: Language, script: string): { text: string; digest: string } {
  const policy = savedPageWith(sha256(script, 'base64'), sha256(savedVerifierStyle, 'base64'));
  const text = savedVerifier(language, policy, script);
  return { text, digest: sha256(text, 'hex') };
}

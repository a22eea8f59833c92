export { type Place, type Sealed } from './envelope.js';
export {
  publishedIn,
  SigningKeys,
  successorTag,
  withNewSigningKey,
  type SigningJwk,
} from './signing-keys.js';
export {
  keyFileFrom,
  ledgerKeyFileFrom,
  newKeyFile,
  parseKeyFile,
  readKeyFile,
  withNewKey,
  withoutKey,
  writeKeyFile,
  type KeyFile,
} from './key-file.js';
export { keysNoticedAfter, LocalKeys, type KeyProvider } from './key-provider.js';
export { readShare, recoverKeys, shareKeys, type Share } from './recovery-shares.js';
export { Rotation, type Column, type Moved } from './rotation.service.js';
export { hashToken } from './token-hash.js';
export { isNothing, isPartys, Vault, type DataKey } from './vault.js';

export { type Place, type Sealed } from './envelope.js';
export { LocalKeys, type KeyProvider } from './key-provider.js';
export { SigningKeys, type SigningJwk } from './signing-keys.js';
export { Vault, type DataKey } from './vault.js';

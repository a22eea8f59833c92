export { type Place, type Sealed } from './envelope.js';
export { LocalKeys, type KeyProvider } from './key-provider.js';
export { Vault, type DataKey } from './vault.js';

import type { ChannelKind } from '../entry-words.js';

const dots = '•••';

/** The first characters and the last, of what is long enough to keep something back. */
const ends = (text: string, first: number, last: number): string => {
  const letters = [...text];
  return letters.length <= first + last + 1
    ? `${letters.slice(0, 1).join('')}${dots}`
    : `${letters.slice(0, first).join('')}${dots}${letters.slice(-last).join('')}`;
};

/**
 * An address for who may know it already: enough to tell it by, too little to use. The domain of a mailbox, the country
 * code and last digits of a number, the host of a hook.
 */
export function maskedAddress(kind: ChannelKind, address: string): string {
  switch (kind) {
    case 'mail': {
      const at = address.lastIndexOf('@');
      return `${ends(address.slice(0, at), 1, 1)}${address.slice(at)}`;
    }
    case 'telephone':
    case 'emergency-telephone':
    case 'fax':
      return ends(address, 3, 2);
    case 'webhook':
    case 'gateway':
      return URL.canParse(address) ? `https://${new URL(address).host}/${dots}` : dots;
    case 'messenger':
      return ends(address, 2, 1);
  }
}

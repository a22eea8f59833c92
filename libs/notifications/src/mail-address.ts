const atext = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const addrSpec = new RegExp(`^${atext}(?:\\.${atext})*@(?:${label}\\.)+${label}$`);

/**
 * Whether a text is a mail address by a grammar narrower than RFC 5321's: ASCII dot-atoms before the `@`, a domain
 * name after it; no quoted parts, comments, address literals, blanks or line ends. It is asked where an address
 * comes in and again before it is sent to, because mail libraries re-route on what a looser grammar lets through.
 */
export const isMailAddress = (text: string): boolean => {
  if (text.length > 254 || !addrSpec.test(text)) return false;
  const at = text.lastIndexOf('@');
  return at <= 64 && text.length - at - 1 <= 253 && !/@[\d.]+$/.test(text);
};

/** Whether the address lies under the reserved top-level domain `.example` (RFC 2606), as those of samples do. */
export const isExampleAddress = (address: string): boolean => /\.example$/i.test(address);

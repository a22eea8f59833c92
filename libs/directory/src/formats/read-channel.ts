import { isMailAddress } from '#libs/notifications';
import { readAddress } from '../channel-address.js';
import type { ChannelKind } from '../entry-words.js';
import { newChannel, type DraftChannel } from './draft-entry.js';
import { tidyLine } from './tidy-entry.js';

const at = '(?:at|arroba|arobase|chiocciola|zavin[aá][cč]|ma[lł]pa|собака|ät|a)';
const dot = '(?:dot|punkt|point|punto|ponto|точка|kropka|te[cč]ka|punt|d)';
const enclosedAt = new RegExp(` ?[[({<_] ?${at} ?[\\])}>_] ?`, 'giu');
const enclosedDot = new RegExp(` ?[[({<] ?${dot} ?[\\])}>] ?`, 'giu');
const bare =
  /^([A-Za-z0-9._+-]{1,64}) (?:at|arroba) ((?:[A-Za-z0-9-]{1,63}(?: dot |\.)){1,8}[A-Za-z-]{2,63})$/i;

/** A line with addresses that were hidden from harvesters in their plain form: "cert [at] xa (dot) example". */
export const withPlainAddresses = (line: string): string =>
  line.replaceAll('＠', '@').replace(enclosedAt, '@').replace(enclosedDot, '.');

/** A mail address as people write it, in its plain form. `hidden`: it was not plain. */
export function plainMail(text: string): { address: string; hidden: boolean } {
  const given = tidyLine(text.slice(0, 1000));
  const bared = given
    .replace(/^mailto: ?/i, '')
    .replace(/^[<"']+|[>"',;.]+$/g, '')
    .replace(/\?.*$/, '');
  const open = withPlainAddresses(bared);
  const [, local, domain] = bare.exec(open) ?? [];
  const address = local && domain ? `${local}@${domain.replace(/ dot /gi, '.')}` : open;
  return { address, hidden: address !== bared };
}

/** A telephone number as people write it, as far as it can be made E.164 without knowing the country. */
export const plainNumber = (text: string): string =>
  tidyLine(text.slice(0, 200))
    .replace(/^tel: ?/i, '')
    .replace(/[;,].*$/, '')
    .replace(/[\u00a0\u2000-\u200f\u202f]/g, ' ')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/＋/g, '+')
    .replace(/\(0\)/g, '')
    .replace(/^00(?=[1-9])/, '+')
    .replace(/\//g, ' ')
    .replace(/ (?:ext|x|poste|durchwahl)\b.*$/i, '')
    .trim();

/** A channel of a kind by its address as it stands in a document, in its one spelling, or what is wrong with it. */
export function readChannel(
  kind: ChannelKind,
  text: string,
): { channel: DraftChannel; hidden: boolean } | { fault: string } {
  if (kind === 'mail') {
    const { address, hidden } = plainMail(text);
    if (!isMailAddress(address)) return { fault: 'must be a plain mail address' };
    return { channel: newChannel(kind, address), hidden };
  }
  const dialled = kind === 'telephone' || kind === 'emergency-telephone' || kind === 'fax';
  const read = readAddress(kind, dialled ? plainNumber(text) : tidyLine(text.slice(0, 2000)));
  return 'fault' in read ? read : { channel: newChannel(kind, read.address), hidden: false };
}

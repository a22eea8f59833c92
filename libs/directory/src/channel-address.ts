import { parsePhoneNumberFromString } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/max/metadata';
import type { ChannelKind } from './entry-words.js';

const handle = /^(?:@[\w.-]{2,60}|[a-z][a-z0-9+.-]{1,20}:[^\s"<>\\^`{|}]{2,200})$/i;
/** What runs or reads something where it is opened is no way to reach anybody. */
const unfit = /^(?:javascript|data|vbscript|file|blob|about|http):/i;

/**
 * An address of a kind in its one spelling, or what is wrong with it. Telephone numbers: E.164, valid by their State's
 * numbering plan; webhooks: HTTPS without credentials or fragment; gateways: the same, a space, and the number that it
 * is to send to; messengers: a URI, or a name after an `@`. Mail addresses are checked beside, for they depend on the kind of instance.
 */
export function readAddress(
  kind: Exclude<ChannelKind, 'mail'>,
  text: string,
): { address: string } | { fault: string } {
  switch (kind) {
    case 'telephone':
    case 'emergency-telephone':
    case 'fax':
      return readNumber(text);
    case 'messenger':
      return handle.test(text) && !unfit.test(text)
        ? { address: text }
        : { fault: 'must be a URI, or a name after an @' };
    case 'webhook':
      return readHttps(text);
    case 'gateway':
      return readGateway(text);
  }
}

function readGateway(text: string): { address: string } | { fault: string } {
  const [, url = '', to = ''] = /^(\S+) +(\+[\d ().-]+)$/.exec(text) ?? [];
  if (url === '') return { fault: 'must be an https address, a space, and the number to send to (E.164)' };
  const [place, number] = [readHttps(url), readNumber(to)];
  if ('fault' in place) return place;
  return 'fault' in number ? number : { address: `${place.address} ${number.address}` };
}

function readNumber(text: string): { address: string } | { fault: string } {
  const fault = { fault: 'must be a valid telephone number with + and country code (E.164)' };
  if (!/^\+[\d ().-]{4,30}$/.test(text)) return fault;
  const number = parsePhoneNumberFromString(text, metadata);
  return number?.isValid() ? { address: number.number } : fault;
}

function readHttps(text: string): { address: string } | { fault: string } {
  const url = text.length <= 500 && /^https:\/\//i.test(text) ? URL.parse(text) : null;
  if (!url?.hostname.includes('.')) return { fault: 'must be an https address with a domain name' };
  if (/^[\d.]+$/.test(url.hostname)) return { fault: 'must have a domain name, not a number' };
  if (url.username || url.password || url.hash)
    return { fault: 'must hold neither credentials nor a fragment' };
  return { address: url.href };
}

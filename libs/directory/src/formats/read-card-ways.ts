import { channelKinds, channelPurposes, encryptions, type ChannelKind } from '../entry-words.js';
import { paramOf, placeOf, textOf, typesOf, type Card, type CardProperty } from './card.js';
import type { DraftChannel, DraftKey } from './draft-entry.js';
import { quoted, type Tell } from './findings.js';
import { readChannel } from './read-channel.js';
import { isDay } from './read-values.js';
import { bareFingerprint } from './tidy-entry.js';

function kindOf(one: CardProperty): ChannelKind {
  const said = channelKinds.find((kind) => kind === paramOf(one, 'x-aldis-kind'));
  if (said) return said;
  if (one.name === 'email') return 'mail';
  if (one.name === 'impp') return 'messenger';
  return typesOf(one).includes('fax') ? 'fax' : 'telephone';
}

const dayIn = (one: CardProperty): string | undefined => {
  const day = paramOf(one, 'x-aldis-expires-on');
  return day !== undefined && isDay(day) ? day : undefined;
};

/** 1 is preferred most (RFC 6350, 5.3); `TYPE=pref` of version 3 is as good as that. */
const preferenceOf = (one: CardProperty): number => {
  const given = Number(paramOf(one, 'pref'));
  if (Number.isInteger(given) && given >= 1 && given <= 100) return given;
  return typesOf(one).includes('pref') ? 1 : 101;
};

/** The channels of a card, preferred first. */
export function channelsOf(card: Card, at: Date, tell: Tell): DraftChannel[] {
  return card.properties
    .filter(({ name }) => ['email', 'tel', 'impp', 'x-aldis-channel'].includes(name))
    .map((one, place) => ({ one, place, preference: preferenceOf(one) }))
    .sort((one, other) => one.preference - other.preference || one.place - other.place)
    .flatMap(({ one }): DraftChannel[] => {
      const place = placeOf(card, one);
      const text = textOf(one);
      const read = readChannel(kindOf(one), text);
      if ('fault' in read) {
        tell('refuse', 'bad-value', `${quoted(text)} ${read.fault}.`, place);
        return [];
      }
      if (read.hidden)
        tell('warn', 'obfuscated', `${quoted(text)} was read as ${read.channel.address}.`, place);
      const expiresOn = dayIn(one) ?? null;
      if (expiresOn && expiresOn < at.toISOString().slice(0, 10))
        tell('warn', 'expired', `The channel ${read.channel.address} expired on ${expiresOn}.`, place);
      return [
        {
          ...{ ...read.channel, expiresOn, at: place },
          purpose: channelPurposes.find((word) => word === paramOf(one, 'x-aldis-purpose')) ?? 'any',
          encryption: encryptions.find((word) => word === paramOf(one, 'x-aldis-encryption')) ?? 'none',
        },
      ];
    });
}

/** Key material as armoured text, from what a card holds in base 64. */
function armoured(base64: string, pgp: boolean): string | undefined {
  const bare = base64.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]+=*$/.test(bare)) return undefined;
  const text = Buffer.from(bare, 'base64').toString('latin1');
  if (text.startsWith('-----BEGIN ')) return text;
  const label = pgp ? 'PGP PUBLIC KEY BLOCK' : 'CERTIFICATE';
  const lines = bare.match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...(pgp ? [''] : []), ...lines, `-----END ${label}-----`].join('\n');
}

const standards = ['openpgp', 'smime', 'unknown'] as const;
const standardOf = (one: CardProperty, value: string): DraftKey['standard'] => {
  const own = standards.find((word) => word === paramOf(one, 'x-aldis-standard'));
  if (own) return own;
  const said =
    `${paramOf(one, 'mediatype') ?? ''} ${typesOf(one).join(' ')} ${value.slice(0, 100)}`.toLowerCase();
  if (/pgp/.test(said)) return 'openpgp';
  return /x509|x\.509|pkix|pkcs7|begin certificate/.test(said) ? 'smime' : 'unknown';
};

function keyIn(one: CardProperty, tell: Tell): DraftKey | undefined {
  const value = textOf(one).trim();
  const standard = standardOf(one, value);
  const fingerprint = paramOf(one, 'x-aldis-fingerprint');
  const known = { standard, expiresOn: dayIn(one), fingerprint: fingerprint && bareFingerprint(fingerprint) };
  const [, data] = /^data:[^,]{0,200};base64,(.*)$/s.exec(value) ?? [];
  if (data !== undefined || one.type === 'binary' || paramOf(one, 'encoding') === 'b') {
    const material = armoured(data ?? value, standard !== 'smime');
    return material === undefined ? undefined : { ...known, material };
  }
  if (value.startsWith('-----BEGIN ')) return { ...known, material: value, url: paramOf(one, 'x-aldis-url') };
  const digits = bareFingerprint(value.replace(/^openpgp4fpr:/i, ''));
  if (/^(?:openpgp4fpr:)?[0-9a-f :]{40,120}$/i.test(value) && (digits.length === 40 || digits.length === 64))
    return { ...known, fingerprint: digits };
  if (/^(?:https:\/\/|dns:)\S{3,490}$/i.test(value)) return { ...known, url: value };
  tell(
    'warn',
    'unread',
    `The key ${quoted(value)} was not understood.`,
    one.line === undefined ? {} : { line: one.line },
  );
  return undefined;
}

/** The keys of a card. */
export const keysOf = (card: Card, at: Date, tell: Tell): DraftKey[] =>
  card.properties.flatMap((one): DraftKey[] => {
    const key = one.name === 'key' ? keyIn(one, tell) : undefined;
    if (key?.expiresOn && key.expiresOn < at.toISOString().slice(0, 10))
      tell('warn', 'expired', `The key expired on ${key.expiresOn}.`);
    return key ? [{ ...key, at: placeOf(card, one) }] : [];
  });

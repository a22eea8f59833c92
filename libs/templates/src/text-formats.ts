import formats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';

/** A form that a text in an answer can have: how it is tested, and what is said when it is not met. */
export interface TextFormat {
  readonly test: (value: string) => boolean;
  readonly words: string;
  /** Texts of this form have no length of their own: a template states one. */
  readonly open?: true;
}

const matches =
  (expression: RegExp) =>
  (value: string): boolean =>
    expression.test(value);

// These schemas are ours: what schemas are checked by is not compiled for them.
const standard = formats.default(new Ajv2020({ meta: false, validateSchema: false }), ['date-time', 'email']);
const known = (format: 'date-time' | 'email') => {
  const validate = standard.compile({ type: 'string', format });
  return (value: string): boolean => validate(value);
};

const isDateTime = known('date-time');
const isMail = known('email');

const isZone = (value: string): boolean => {
  if (!/^[A-Z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(value)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).format(0) !== '';
  } catch {
    return false;
  }
};

const readable = (value: string, unsafe: RegExp): boolean =>
  value.isWellFormed() && !value.includes('\uFFFD') && value.trim() !== '' && !unsafe.test(value);

/** Every format a template may use. There are no patterns: a format says in words what it wants. */
export const textFormats: Readonly<Record<string, TextFormat>> = {
  'utc-instant': {
    // RFC 3339 also knows leap seconds and other years than people live in; the clock here does not.
    test: (value) =>
      /^[12]\d{3}-.*T.*[^z]Z$/.test(value) && isDateTime(value) && !Number.isNaN(Date.parse(value)),
    words: 'must be an RFC 3339 time in UTC, such as 2026-03-14T22:30:00Z',
  },
  'party-code': {
    test: matches(/^[A-Z]{2}$/),
    words: 'must be a code of two capital letters (ISO 3166-1 alpha-2)',
  },
  'language-tag': {
    test: (value) => value.length <= 35 && /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(value),
    words: 'must be a BCP 47 language tag, such as en',
  },
  'plain-line': {
    test: (value) => readable(value, /[\p{Cc}\u2028\u2029]/u),
    words: 'must be one line that is not blank, without control characters',
    open: true,
  },
  'plain-text': {
    test: (value) => readable(value, /[^\P{Cc}\t\n\r]/u),
    words: 'must be text that is not blank, without control characters',
    open: true,
  },
  'local-time': {
    test: matches(/^([01]\d|2[0-3]):[0-5]\d$/),
    words: 'must be a time of day, such as 09:00',
  },
  'time-zone': { test: isZone, words: 'must be an IANA time zone, such as Etc/UTC' },
  'sha-256': { test: matches(/^[0-9a-f]{64}$/), words: 'must be a SHA-256 in 64 lower-case hex digits' },
  email: { test: (value) => value.length <= 254 && isMail(value), words: 'must be an e-mail address' },
  'phone-number': {
    test: matches(/^\+[1-9]\d{4,14}$/),
    words: 'must be a telephone number in E.164, such as +99900000001',
  },
  'cve-id': { test: matches(/^CVE-\d{4}-\d{4,10}$/), words: 'must be a CVE number, such as CVE-2026-0000' },
  'request-reference': {
    test: matches(/^(AR|EX)-\d{4}-[0-9A-HJKMNP-TV-Z]{6}$/),
    words: 'must be the reference of a request, such as AR-2026-7K3M9Q',
  },
};

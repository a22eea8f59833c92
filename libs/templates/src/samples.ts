import botnetMitigation from '../samples/botnet-mitigation.json' with { type: 'json' };
import ddosPower from '../samples/ddos-power.json' with { type: 'json' };
import ransomwareHospitals from '../samples/ransomware-hospitals.json' with { type: 'json' };
import type { Answers } from './fields.js';
import { isMembers } from './loose-json.js';
import type { ByLanguage, Template } from './template-document.js';

interface TemplateVersion {
  readonly key: string;
  readonly version: number;
}

/** One thing a side does in a sample. */
export interface SampleStep {
  /** Minutes after filing. */
  readonly minute: number;
  readonly by: string;
  readonly body: string;
  readonly act: string;
  /** Of several, the one that the requester means. */
  readonly addressee?: string | undefined;
  /** Of what stands in `answers`; an amendment is of the request and names none. */
  readonly template?: TemplateVersion | undefined;
  /** All answers; of an amendment the fields that it changes: see `amended`. */
  readonly answers?: Answers | undefined;
  readonly text?: { readonly text: string; readonly language: string } | undefined;
  readonly redirectTo?: { readonly party: string; readonly body: string } | undefined;
}

/** An incident between fictional States: the request as it was filed, and what each side then does. */
export interface Sample {
  readonly key: string;
  readonly title: ByLanguage;
  readonly template: TemplateVersion;
  readonly addressees: readonly string[];
  readonly answers: Answers;
  readonly script: readonly SampleStep[];
}

/** The three incidents. Their times count from filing, and their reference is not there yet: `staged` fills both in. */
export const samples: readonly Sample[] = [ransomwareHospitals, ddosPower, botnetMitigation];

const lengths: Readonly<Record<string, number>> = { min: 60_000, h: 3_600_000, d: 86_400_000 };

/** `filing+90min`, `filing-3h`, `filing+2d`, `filing:reference`. */
function filled(value: unknown, filedAt: Date, reference: string): unknown {
  if (Array.isArray(value)) return value.map((entry: unknown) => filled(entry, filedAt, reference));
  if (isMembers(value))
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, filled(inner, filedAt, reference)]),
    );
  if (value === 'filing:reference') return reference;
  const [, count, unit = ''] = (typeof value === 'string' && /^filing([+-]\d+)(min|h|d)$/.exec(value)) || [];
  if (count === undefined) return value;
  const at = new Date(filedAt.getTime() + Number(count) * (lengths[unit] ?? 0));
  return at.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** A sample as it is played: filed at that time, under that reference. */
export const staged = (sample: Sample, filedAt: Date, reference: string): Sample =>
  filled(sample, filedAt, reference) as Sample;

/** Answers after an amendment: its key fields replace those before, and so does each field of its groups. */
export const amended = ({ keys }: Template, answers: Answers, amendment: Answers): Answers => ({
  ...answers,
  ...Object.fromEntries(
    Object.entries(amendment).map(([name, given]) => {
      const before = answers[name];
      const group = isMembers(given) && isMembers(before) && !keys.includes(name);
      return [name, group ? { ...before, ...given } : given];
    }),
  ),
});

import { formatInstant } from './instant.js';
import type { Language } from './language.js';
import type { Block, MailText } from './mail-text.js';
import { plainLine } from './plain-line.js';
import { textsIn } from './texts.js';
import type { Texts } from './texts/en.js';

/** A signed checkpoint that is sent to be kept outside. */
export interface CheckpointFacts {
  readonly language: Language;
  readonly instance: 'sample' | 'real';
  readonly network: string;
  readonly number: number;
  readonly at: Date;
  readonly rhythm: keyof Texts['checkpoint']['every'];
  readonly publicUrl: string;
  /** The bytes of the file, as `verify ledger --checkpoint` reads them. */
  readonly file: string;
}

/** The mail that carries a checkpoint: what it is for, how to verify with it, how to end the mails. */
export function checkpointMail(facts: CheckpointFacts): MailText {
  const { language, instance, network, number, at, rhythm, publicUrl, file } = facts;
  const { checkpoint, invitation, marking } = textsIn(language);
  const name = `checkpoint-${number}.json`;
  const sample: Block[] = instance === 'sample' ? [{ kind: 'marking', text: marking.sample }] : [];
  return {
    subject: checkpoint.subject(String(number), plainLine(network)),
    language,
    blocks: [
      ...sample,
      {
        kind: 'facts',
        rows: [
          [invitation.network, network],
          [checkpoint.number, String(number)],
          [checkpoint.madeAt, formatInstant(at)],
          [checkpoint.file, name],
          [checkpoint.rhythm, checkpoint.every[rhythm]],
        ],
      },
      { kind: 'paragraph', text: checkpoint.purpose },
      { kind: 'paragraph', text: checkpoint.verify },
      { kind: 'paragraph', text: `npm run cli -- verify ledger --checkpoint ${name} --key ledger-key.json` },
      { kind: 'link', label: checkpoint.key, url: `${publicUrl}/api/v1/ledger/key` },
      { kind: 'link', label: checkpoint.end, url: `${publicUrl}/api/v1/ledger/checkpoint-subscription` },
    ],
    attachments: [{ name, mediaType: 'application/json', content: file }],
  };
}

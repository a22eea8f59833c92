import { checkpointMail, type CheckpointFacts } from './checkpoint-mail.js';
import { renderText } from './mail-plain-text.js';

const facts: CheckpointFacts = {
  ...{ language: 'en', instance: 'real', network: 'Network', number: 12, rhythm: 'day' },
  ...{ at: new Date('2026-11-21T12:00:00Z'), publicUrl: 'https://aldis.example', file: '{}\n' },
};
const read = (changes: Partial<CheckpointFacts> = {}) =>
  renderText(checkpointMail({ ...facts, ...changes })).replaceAll(/\s+/g, ' ');

describe('the mail of a checkpoint', () => {
  it('carries the file under its number, as it is', () => {
    expect(checkpointMail(facts).attachments).toEqual([
      { name: 'checkpoint-12.json', mediaType: 'application/json', content: '{}\n' },
    ]);
  });

  it.each(['en', 'fr'] as const)('says in %s what it is for, how to verify and how to end it', (language) => {
    const text = read({ language });
    expect(text).toContain(
      'npm run cli -- verify ledger --checkpoint checkpoint-12.json --key ledger-key.json',
    );
    expect(text).toContain('https://aldis.example/api/v1/ledger/key');
    expect(text).toContain('DELETE');
    expect(text).toContain('https://aldis.example/api/v1/ledger/checkpoint-subscription');
  });

  it('says SAMPLE in a sample world, and only there', () => {
    expect(read({ instance: 'sample' })).toContain('SAMPLE');
    expect(read()).not.toContain('SAMPLE');
  });
});

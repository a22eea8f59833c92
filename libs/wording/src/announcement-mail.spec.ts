import { announcementMail, type AnnouncementFacts } from './announcement-mail.js';
import { renderText } from './mail-plain-text.js';

const facts: AnnouncementFacts = {
  ...{ language: 'en', instance: 'real', network: 'Network of points of contact', title: 'Directory review' },
  text: { text: 'Please look at your entries.\nThank you.', language: 'en' },
  announcedAt: new Date('2026-11-21T12:00:00Z'),
};
const url = 'https://aldis.example/api/v1/announcements/1';
const read = (changes: Partial<AnnouncementFacts> = {}) =>
  renderText(announcementMail({ ...facts, ...changes }, url)).replaceAll(/\s+/g, ' ');

describe('the mail of an announcement', () => {
  it('says whose it is, and that it is no request', () => {
    expect(read()).toContain('From: Secretariat of the network');
    expect(read()).toContain('It is not a request between States and carries none.');
    expect(read()).toContain('Directory review: > Please look at your entries. > Thank you.');
    expect(read()).toContain(url);
  });

  it('holds no content in its subject, nor anything that could end it', () => {
    const { subject } = announcementMail({ ...facts, network: 'N\r\nBcc: x@xb.example' }, url);
    expect(subject).toBe('Announcement of the secretariat: N Bcc: x@xb.example');
    expect(subject).not.toContain(facts.title);
  });

  it('says SAMPLE in a sample world, and only there', () => {
    expect(read({ instance: 'sample' })).toContain('SAMPLE');
    expect(read({ instance: 'sample', language: 'fr' })).toContain('EXEMPLE');
    expect(read()).not.toContain('SAMPLE');
  });

  it('names the announcement that it corrects by its time', () => {
    expect(read()).not.toContain('Corrects');
    expect(read({ corrects: new Date('2026-11-20T09:30:00Z') })).toContain(
      'Corrects the announcement of: 2026-11-20 09:30 UTC',
    );
  });
});

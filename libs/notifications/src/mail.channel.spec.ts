import { outcomeOf } from './mail.channel.js';

const fault = (more: object) => Object.assign(new Error('x'), more);

describe('what an error of the mail library says about the mail', () => {
  it.each([
    [
      'a mailbox that does not exist',
      { responseCode: 550, command: 'RCPT TO', code: 'EENVELOPE' },
      'permanent',
    ],
    ['content that is refused', { responseCode: 554, command: 'DATA', code: 'EMESSAGE' }, 'permanent'],
    ['greylisting', { responseCode: 451, command: 'RCPT TO', code: 'EENVELOPE' }, 'transient'],
    ['a full mailbox', { responseCode: 452, command: 'DATA', code: 'EMESSAGE' }, 'transient'],
    ['a server out of order', { responseCode: 503, command: 'DATA', code: 'EMESSAGE' }, 'transient'],
    [
      'a refused sign-in, which is ours to mend',
      { responseCode: 535, command: 'AUTH PLAIN', code: 'EAUTH' },
      'transient',
    ],
    ['a refused sender', { responseCode: 550, command: 'MAIL FROM', code: 'EENVELOPE' }, 'transient'],
    ['nobody listening', { code: 'ESOCKET', cause: { code: 'ECONNREFUSED' } }, 'transient'],
    ['a name that does not resolve', { code: 'EDNS' }, 'transient'],
    ['a connection lost after the content', { code: 'ECONNECTION', command: 'CONN' }, 'unknown'],
    ['a time-out after the content', { code: 'ETIMEDOUT', command: 'DATA' }, 'unknown'],
    ['anything else', {}, 'unknown'],
  ])('%s', (_what, error, outcome) => {
    expect(outcomeOf(fault(error)).outcome).toBe(outcome);
  });

  it('keeps the reply code, and takes what is no error at all as unknown', () => {
    expect(outcomeOf(fault({ responseCode: 550, command: 'RCPT TO' })).replyCode).toBe(550);
    expect(outcomeOf('nothing')).toEqual({ outcome: 'unknown', replyCode: null });
  });
});

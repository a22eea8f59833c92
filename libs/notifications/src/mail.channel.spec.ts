import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { MailChannel, outcomeOf, type OutgoingMail } from './mail.channel.js';

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

describe('a server that goes away before any content', () => {
  const mail: OutgoingMail = {
    ...{ id: 'n1', traffic: 'actual', to: 'cert@xb.example', subject: 's', text: 't', html: '<p>t</p>' },
    ...{ language: 'en', writtenAt: new Date('2026-03-14T22:30:00Z') },
  };

  it.each([
    ['without a greeting', ''],
    ['after the greeting', '220 here\r\n'],
  ])('%s: it certainly did not arrive', async (_when, greeting) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end(greeting);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const smtpUrl = `smtp://127.0.0.1:${port}?tls=none`;
    const channel = new MailChannel({
      smtpUrl,
      from: 'a@xa.example',
      fromExercise: 'b@xa.example',
      connections: 1,
    });
    try {
      expect(await channel.send(mail)).toEqual({ outcome: 'transient', replyCode: null });
    } finally {
      channel.close();
      server.close();
    }
  });
});

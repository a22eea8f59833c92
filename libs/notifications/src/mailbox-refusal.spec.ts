import { refusesMailbox } from './mailbox-refusal.js';

describe('a refusal of a mailbox', () => {
  it.each([
    ['RCPT TO', 550, '550 5.1.1 no such mailbox', true],
    ['RCPT TO', 550, '550-5.1.10 recipient not found', true],
    ['RCPT TO', 550, '550 5.2.1 mailbox disabled', true],
    ['RCPT TO', 554, '554 5.1.0 address rejected', true],
    ['RCPT TO', 550, '550 no such user here', true],
    ['RCPT TO', 553, '553 mailbox name not allowed', true],
    ['RCPT TO', 550, '550 5.0.0 unknown', true],
    ['RCPT TO', 550, '550 5.1.8 sender domain not found', false],
    ['RCPT TO', 553, '553 5.1.7 bad sender address', false],
    ['RCPT TO', 552, '552 5.2.2 mailbox full', false],
    ['RCPT TO', 550, '550 5.7.1 relaying denied', false],
    ['RCPT TO', 550, '550 relaying denied (5.7.1)', false],
    ['RCPT TO', 554, '554 no thank you', false],
    ['RCPT TO', 450, '450 4.2.1 later', false],
    ['DATA', 550, '550 5.1.1 no such mailbox', false],
    ['DATA', 554, '554 5.7.1 this looks like spam', false],
    ['MAIL FROM', 550, '550 5.1.8 sender unknown', false],
  ])('after %s, %i and "%s" is %s', (command, replyCode, response, refused) => {
    expect(refusesMailbox({ command, replyCode, response })).toBe(refused);
  });
});

import { readDeliveryReport } from './delivery-report.js';

const bytes = (text: string) => new Uint8Array(Buffer.from(text.replaceAll('\n', '\r\n')));
const reportWith = (fields: string, type = 'message/delivery-status') =>
  `From: MAILER-DAEMON@relay.example
To: returns@aldis.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
	boundary="edge"

--edge
Content-Type: text/plain; charset=us-ascii

Your mail could not be delivered.

--edge
Content-Type: ${type}

Reporting-MTA: dns; relay.example
Arrival-Date: Sat, 21 Nov 2026 10:00:00 +0000 (UTC)

${fields}
--edge
Content-Type: text/rfc822-headers

Subject: Request AR-2026-7K3M9Q
Action: delivered

--edge--
`;
const recipient = (action: string, status: string, diagnostic?: string) =>
  `Final-Recipient: rfc822; cert@xb.example
Action: ${action}
Status: ${status}
${diagnostic === undefined ? '' : `Diagnostic-Code: ${diagnostic}\n`}`;
const read = async (fields: string) => readDeliveryReport(bytes(reportWith(fields)));

describe('a report of a mail that was not delivered', () => {
  it.each([
    ['no such mailbox', '5.1.1', 'smtp; 550 5.1.1 <cert@xb.example>: no such user', true],
    [
      'no such mailbox, with a folded line',
      '5.1.10',
      'smtp; 550 5.1.10\n RESOLVER.ADR.RecipientNotFound',
      true,
    ],
    ['a closed mailbox', '5.2.1', undefined, true],
    ['a domain that does not exist', '5.1.2', 'x-unix; host not found', true],
    ['nobody who answered, for days', '4.4.1', undefined, true],
    ['the time that was over', '4.4.7', 'smtp; 451 4.7.1 greylisted', true],
    ['no route', '5.4.4 (unable to look up)', undefined, true],
    ['words alone', '5.0.0', 'smtp; 550 no such user here', true],
    ['a status in words alone', '5.0.0', 'smtp; 550 5.1.1 unknown', true],
    ['nothing at all', '5.0.0', undefined, true],
    ['a full mailbox', '5.2.2', undefined, false],
    ['our own address', '5.1.8', 'smtp; 550 5.1.8 sender domain not found', false],
    ['our own address, badly written', '5.1.7', undefined, false],
    ['a program that only hints', '5.0.0', "x-unix; can't create output", true],
    ['content that is refused', '5.6.0', undefined, false],
    ['a policy', '5.7.1', 'smtp; 550 5.7.1 rejected', false],
    ['a policy in words alone', '5.0.0', 'smtp; 550 5.7.1 rejected as spam', false],
    ['content that is too large', '5.3.4', undefined, false],
  ])('because of %s (%s) is one, and of the mailbox or not', async (_why, status, diagnostic, ofMailbox) => {
    expect(await read(recipient('failed', status, diagnostic))).toEqual({
      what: 'failed',
      status: status.split(' ')[0],
      mailboxRefused: ofMailbox,
    });
  });

  it('is read in any case of letters, without a status, and from another type', async () => {
    const fields = 'FINAL-RECIPIENT: rfc822; a@xb.example\nACTION: Failed\n';
    expect(await read(fields)).toEqual({ what: 'failed', status: null, mailboxRefused: true });
    const inUtf8 = reportWith(recipient('failed', '5.1.1'), 'message/global-delivery-status');
    expect(await readDeliveryReport(bytes(inUtf8))).toMatchObject({ what: 'failed', status: '5.1.1' });
  });

  it('counts when it fails behind an address for all, and not when one of them has the mail', async () => {
    const [first, second] = [recipient('failed', '5.1.1'), recipient('failed', '5.2.2')];
    expect(await read(`${first}\n${second}`)).toMatchObject({ status: '5.1.1', mailboxRefused: true });
    for (const action of ['delivered', 'relayed', 'expanded'])
      expect(await read(`${first}\n${recipient(action, '2.0.0')}`)).toEqual({ what: 'other' });
  });

  it.each(['delayed', 'delivered', 'relayed', 'expanded', 'unheard-of'])(
    'is none when it says "%s"',
    async (action) => {
      expect(await read(recipient(action, '4.4.1'))).toEqual({ what: 'other' });
    },
  );

  it.each([
    [
      'an automatic answer',
      'From: cert@xb.example\nAuto-Submitted: auto-replied\nSubject: Out of office\n\nAction: failed\nStatus: 5.1.1\n',
    ],
    [
      'a mail of a program that knows no reports',
      'From: <>\nSubject: failure notice\n\nHi. This is the program.\n',
    ],
    [
      'a report that is passed on',
      reportWith(recipient('failed', '5.1.1')).replace('multipart/report', 'multipart/mixed'),
    ],
    [
      'a receipt of having been read',
      reportWith(recipient('failed', '5.1.1'), 'message/disposition-notification'),
    ],
    ['a report that breaks off', reportWith('')],
    ['nothing', ''],
    [
      'nested so deep that nobody reads it',
      `${Array.from({ length: 400 }, (_, depth) => `Content-Type: multipart/report; boundary="b${depth}"\n\n--b${depth}\n`).join('')}Action: failed\n`,
    ],
  ])('is none when it is %s', async (_what, mail) => {
    expect(await readDeliveryReport(bytes(mail))).toEqual({ what: 'other' });
  });
});

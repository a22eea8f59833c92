import { enBesideRequests } from './en-beside-requests.js';
import { enDirectory } from './en-directory.js';
import { enDirectoryMails } from './en-directory-mails.js';
import { enCapabilities } from './en-capabilities.js';
import { enPages } from './en-pages.js';
import { enSnapshot } from './en-snapshot.js';
import { enRoleSheets } from './en-role-sheets.js';

/** Everything the system says in English. Its keys and placeholders bind every other language. */
export const en = {
  labelled: (label: string) => `${label}:`,
  label: {
    reference: 'Reference',
    from: 'From',
    to: 'To',
    urgency: 'Urgency',
    sentAt: 'Sent at',
    neededBy: 'Needed by',
    sought: 'Assistance sought',
    furtherText: 'Further text',
    said: 'In the words of the other side',
    text: 'Text',
    state: 'State',
    completeness: 'Completeness',
    template: 'Template',
    acceptedAt: 'Accepted by a mail relay at',
    deliveredAt: 'Link of a mail first fetched at',
    viewedAt: 'First read by the addressee at',
    answeredAt: 'Answered at',
    answer: 'Answer',
    named: 'Named',
    alsoAsked: 'Also asked (disclosed by the requester)',
    acknowledgedAt: 'Acknowledged at',
    acknowledgedBy: 'Acknowledged by',
    withdrawnAt: 'Withdrawn at',
    erasedAt: 'Contents erased at',
    producedAt: 'Drawn up at',
    marking: 'Marking',
    system: 'Address of the system',
  },
  selfStated: (name: string) => `${name} (name as stated, not verified)`,
  unofficialTranslation: 'Unofficial translation. The English text prevails.',
  pageOf: (number: string, of: string) => `Page ${number} of ${of}`,
  unprintable:
    'Some characters cannot be printed with the fonts at hand and stand as empty boxes; they are whole in the plain text of this document.',
  marking: {
    sample:
      'SAMPLE: this comes from a sample world. Its States, its events and its mailboxes are fictional; nothing in it is real.',
    test: 'TEST: this is a technical test, not a real request.',
  },
  /** The same of a request to mitigate an activity (A/76/135, 13 (h)). */
  mitigation: {
    subject: {
      request: 'Request for mitigation',
      reminder: 'Reminder: request for mitigation',
      copy: 'Copy of a request for mitigation',
    },
    request:
      'A request to mitigate an activity is addressed to your State. You receive this message as one of its points of contact.',
    sought: 'Mitigation sought',
    reminder:
      'Receipt of this request for mitigation has not been acknowledged yet. You receive this reminder as one of the points of contact of the addressee.',
  },
  subject: {
    request: 'Request for assistance',
    reminder: 'Reminder: request for assistance',
    copy: 'Copy of a request for assistance',
    acknowledged: 'Receipt acknowledged',
    withdrawn: 'Request withdrawn',
    unreached: 'No point of contact reached by mail',
  },
  mail: {
    request:
      'A request for assistance is addressed to your State. You receive this message as one of its points of contact.',
    reminder:
      'Receipt of this request for assistance has not been acknowledged yet. You receive this reminder as one of the points of contact of the addressee.',
    withheld:
      'What is sought is not sent by mail, because of the marking of this request. Sign in to read it, at this address:',
    seeAlso: 'The request can also be read after signing in, at this address:',
    copy: 'Copy for information: this request has been sent to the points of contact of the addressee. You receive this message as a diplomatic point of contact of the requester (A/76/135, paragraph 77 (b)). Nothing is asked of you.',
    acknowledged: 'The addressee has acknowledged receipt of this request.',
    withdrawn: 'The requester has withdrawn this request. Nothing more is asked of the addressee.',
    unreached:
      'No point of contact of the addressee could be reached by mail. The request stays open. This describes mail alone: it is neither an answer nor a refusal by the addressee.',
    readThere: 'What was said can be read after signing in, at this address:',
    otherChannels: 'Other channels of the addressee are in the directory, at this address:',
  },
  home: {
    lead: 'Points of contact, requests for assistance and their acknowledgement between States (A/76/135, paragraphs 53, 54 and 76 to 78).',
    notSetUp: 'This instance has not been set up yet.',
    signIn: 'Sign in, and look after your account',
    verify: 'Verify receipts',
    docs: 'Programming interface, to read and try',
    openapi: 'The same as an OpenAPI document',
    mailbox: 'Mailbox: every mail that was sent, kept on this machine',
    ready: 'Whether this instance is ready',
    accounts: 'Accounts to try',
    password: (password: string) =>
      `All sign in with the password ${password}, on the page to sign in or at POST /api/v1/sessions.`,
  },
  acknowledge: {
    heading: 'Acknowledge receipt',
    steps: 'Open this address and enter the code. No account is needed.',
    open: 'Open the acknowledgement page',
    code: 'Code',
    validUntil: (at: string) => `Address and code are valid until ${at}.`,
    keep: 'Whoever holds both can acknowledge: share them only with colleagues on duty.',
    recorded:
      'When this address is first opened, and when the code is entered, is recorded and shown to the requester.',
    signInInstead: 'To acknowledge receipt, sign in.',
  },
  /** What one side is told when the other has acted: subject and sentence. */
  acts: {
    ask: {
      subject: 'Question to the requester',
      sentence:
        'The addressee has asked a question. Until it is answered, the time of its answer does not run.',
    },
    'answer-question': {
      subject: 'Question answered',
      sentence: 'The requester has answered the question of the addressee.',
    },
    determine: { subject: 'Answer', sentence: 'The addressee has answered this request.' },
    'more-time': { subject: 'More time', sentence: 'The addressee asks for more time to answer.' },
    redirect: {
      subject: 'Another State named',
      sentence: 'The addressee says that this request concerns another State. Nothing was passed on to it.',
    },
    'hand-over': {
      subject: 'Handed over to another body',
      sentence:
        'The addressee has handed this request over to another of its bodies. A question that was open is not waited for any more.',
    },
    'not-concerned': {
      subject: 'Not the body concerned',
      sentence: 'The addressee says that this request does not concern it.',
    },
    amend: {
      subject: 'Request amended',
      sentence: 'The requester has added to this request what has become known since.',
    },
    disclose: {
      subject: 'Who else was asked',
      sentence:
        'The requester discloses to you which other States it has asked for the same. What they answer is not disclosed. A disclosure cannot be taken back.',
    },
    'accept-offer': {
      subject: 'Assistance accepted',
      sentence: 'The requester accepts the assistance on the terms stated.',
    },
    'report-progress': { subject: 'Progress', sentence: 'The addressee has reported progress.' },
    extend: {
      subject: 'Longer timeframe',
      sentence: 'The addressee has extended the timeframe of the assistance.',
    },
    complete: { subject: 'Assistance completed', sentence: 'The addressee has completed the assistance.' },
    release: {
      subject: 'Assistance released',
      sentence: 'The requester no longer needs the assistance agreed.',
    },
    close: { subject: 'Request closed', sentence: 'The requester has closed this request.' },
    reopen: { subject: 'Request reopened', sentence: 'The requester has reopened this request.' },
    message: { subject: 'Message', sentence: 'The other side has written a message.' },
  },
  page: {
    name: 'Your name',
    nameHint: 'Recorded as you state it; it is not verified.',
    code: 'Code from the mail',
    codeHint: 'Digits only; spaces do not matter.',
    button: 'Acknowledge receipt',
    errorTitle: 'Receipt is not acknowledged yet',
    nameMissing: 'Enter your name.',
    codeMissing: 'Enter the code from the mail.',
    wrongCode: (tries: number) =>
      `The code is not right. ${tries === 1 ? '1 try is' : `${tries} tries are`} left.`,
    locked: 'Too many wrong codes',
    lockedText: 'This address accepts no more codes. Sign in to acknowledge receipt.',
    expired: 'This address is no longer valid',
    expiredText: (at: string) => `It was valid until ${at}. Sign in to acknowledge receipt.`,
    already: 'Receipt is already acknowledged',
    alreadyText: 'Nothing more is needed here.',
    done: 'Receipt acknowledged',
    doneText: 'The requester is told. This page can be closed.',
    withdrawn: 'This request is withdrawn',
    withdrawnText: 'The requester has withdrawn it. Nothing more is needed here.',
    unknown: 'Unknown address',
    unknownText: 'No request belongs to this address. Check that it was copied from the mail in full.',
    withheld: 'What is sought is not shown here, because of the marking of this request.',
    shortened: 'Shortened here. The whole text can be read after signing in.',
    signIn: 'Sign in',
  },
  /** Parts of the document of a request. */
  document: {
    request: 'The request',
    line: (party: string) => `Addressee: ${party}`,
    acknowledgement: (party: string, at: string) => `Acknowledgement by ${party}, ${at}`,
    response: (party: string, at: string) => `Response of ${party}, ${at}`,
    timeline: 'What happened',
    completeness: (percent: string, answered: string, fields: string) =>
      `${percent}: ${answered} of ${fields} fields have a value`,
    template: (title: string, version: string) => `${title}, version ${version}`,
    by: (act: string, who: string) => `${act}: ${who}`,
    onLine: (act: string, party: string) => `${act} [${party}]`,
    changes: (fields: string) => `Fields changed: ${fields}`,
    system: 'the system',
    unnamed: 'an officer',
    nameErased: 'somebody whose name was erased',
    erased: (at: string) => `Erased at ${at}`,
    someone: (name: string, party: string) => `${name} (${party})`,
    notInternal: 'Internal notes, and with whom it was shared, are not part of this document.',
    inEmergency: (who: string) => `${who}, let in by emergency access`,
  },
  ...enBesideRequests,
  ...enDirectory,
  ...enDirectoryMails,
  /** States of a request and of its lines. */
  state: {
    draft: 'Draft',
    sent: 'Sent',
    acknowledged: 'Receipt acknowledged',
    assessing: 'Being assessed',
    answered: 'Answered',
    agreed: 'Terms accepted',
    'in-progress': 'In progress',
    completed: 'Completed',
    redirected: 'Redirected',
    closed: 'Closed',
    withdrawn: 'Withdrawn',
  },
  /** Acts as a record tells them. */
  done: {
    save: 'Composed',
    send: 'Sent',
    amend: 'Amended',
    withdraw: 'Withdrawn',
    disclose: 'Disclosed who else was asked',
    'share-with': 'Shared within the party',
    unshare: 'Sharing ended',
    'answer-question': 'Question answered',
    'accept-offer': 'Terms accepted',
    release: 'Released',
    close: 'Closed',
    reopen: 'Reopened',
    acknowledge: 'Receipt acknowledged',
    take: 'Taken over',
    assess: 'Being assessed',
    ask: 'Question asked',
    determine: 'Answered',
    redirect: 'Redirected',
    'hand-over': 'Handed over to another body',
    'report-progress': 'Progress reported',
    extend: 'Timeframe extended',
    complete: 'Completed',
    message: 'Message',
    note: 'Internal note',
    remind: 'Reminder',
    'ask-calls': 'Calls asked for',
    'no-calls': 'No number to call found',
    'accepted-by-relay': 'Accepted by a mail relay',
    'delivery-failed': 'One delivery failed',
    unreached: 'Not reached by mail',
    erase: 'Erased',
    hold: 'Held',
    'release-hold': 'Hold released',
  },
  /** What a second person is shown before it is done: how far clearance has come. */
  clearance: {
    notYet: 'Not done yet',
    label: {
      clearance: 'Clearance',
      act: 'Recorded, once done, as',
      askedBy: 'Asked for by',
      digest: 'Digest of what is cleared',
    },
    state: {
      asked: 'Waiting for a second person. Nothing of this has been done.',
      approved: 'Cleared by a second person. Nothing of this has been done yet.',
      refused: 'Refused by a second person. Nothing of this was done.',
      withdrawn: 'No longer asked for. Nothing of this was done.',
      void: 'Void, because what it is about has changed. Nothing of this was done.',
      used: 'Cleared by a second person, and done.',
    },
  },
  /** Why a field of a form has no value. */
  availability: {
    unknown: 'unknown',
    withheld: 'withheld',
    'to-follow': 'to follow',
    expected: (by: string) => `to follow, expected by ${by}`,
    removed: 'removed',
  },
  /** Answers that are no word of anyone; an empty list says "none". */
  answer: { yes: 'Yes', no: 'No', none: 'None' },
  role: {
    'party-administrator': 'Administrator (manages the accounts of the State)',
    officer: 'Officer (files and answers requests)',
    'duty-officer': 'Duty officer (acknowledges requests)',
    observer: 'Observer (reads requests)',
    'directory-manager': 'Directory manager of the network',
    'exercise-director': 'Exercise director of the network',
    auditor: 'Auditor of the network',
  },
  /** The mail that offers an account, and the page behind its link. */
  invitation: {
    subject: (instance: string) => `Invitation to an account on ${instance}`,
    mail: 'You are invited to an account on this system, which connects the points of contact of States. Choose a password on the page at this address:',
    network: 'Network',
    state: 'State',
    body: 'Body',
    role: 'Role',
    validUntil: (at: string) => `The address can be used once, until ${at}. Opening it changes nothing.`,
    unexpected: 'If you did not expect this invitation, do nothing: without you there is no account.',
    keep: 'Do not forward it: whoever opens the address first has the account.',
    heading: 'Your account',
    account: 'Account',
    name: 'Your name',
    nameHint: 'As colleagues and other States will read it.',
    password: 'Password',
    passwordHint: (least: string) => `At least ${least} characters. Several words are easy to keep in mind.`,
    agree: 'I accept the terms of use.',
    button: 'Open the account',
    errorTitle: 'There is no account yet',
    nameMissing: 'Enter your name.',
    passwordShort: (least: string) => `The password needs at least ${least} characters.`,
    passwordCommon: 'This password is too easy to guess. Choose another.',
    termsMissing: 'Without accepting the terms of use there is no account.',
    unknown: 'This address is not valid',
    unknownText:
      'It was used, taken back or replaced, it has expired, or it was not copied in full. Ask whoever invited you for a new one.',
    taken: 'This mail address has an account already',
    takenText:
      'An address signs in to one account only. Sign in, or ask to be invited under another address.',
    done: 'Your account is open',
    doneText: 'Sign in with your mail address and the password you chose. This page can be closed.',
  },
  terms: {
    heading: 'Terms of use',
    version: (version: string) => `Version ${version}`,
    purpose:
      'The system is used for requests for assistance between States and their answers, and for exercises of them, and for nothing else.',
    own: 'The account is yours alone. You do not share its password or its second factor, and you say at once if you lose them.',
    marking:
      'You handle what you read as its marking says (TLP), and you share it with those who need it for the task.',
    record: 'What is done under the account is recorded with its time, and the parties concerned see it.',
    reading:
      'Which requests you read and what you look up in the directory is recorded for your party. When a request was first read by the addressee is shown to the requester.',
    meaning:
      'An acknowledgement acknowledges receipt only. It is neither a commitment nor a statement on the facts.',
  },
  clock: {
    started: (at: string) => `Counting starts: ${at}.`,
    elapsed: (duration: string) => `To be counted, day and night: ${duration}.`,
    working: (duration: string, zone: string, version: string) =>
      `To be counted, in the duty hours of the addressee (${zone}, calendar version ${version}): ${duration}.`,
    onDuty: (duration: string, zone: string, version: string) =>
      `To be counted, in the hours of duty that the addressee has said (${zone}, version ${version} of the entry): ${duration}.`,
    paused: (from: string, until: string, because: string) =>
      `Not counted from ${from} until ${until}: ${because}.`,
    pausedSince: (from: string, because: string) => `Not counted since ${from}: ${because}.`,
    because: { 'question-open': 'a question was put to the requester' },
    daysOff: {
      holiday: (dates: string) => `Not counted, holidays: ${dates}.`,
      'no-duty-hours': (dates: string) => `Not counted, days without duty hours: ${dates}.`,
    },
    due: (at: string) => `Target: ${at}.`,
    noDue: {
      paused: 'While counting is paused, the target has no date.',
      'no-working-time': 'The target has no date: the calendar of the addressee has no duty hours.',
      'too-far': 'The target has no date: it lies more than ten years ahead.',
    },
  },
  problem: {
    notFound: 'There is nothing at this address',
    notFoundText: 'Check that it was copied in full.',
    invalid: 'This could not be read',
    invalidText: 'What was sent is not in the form expected. Go back and try again.',
    tooMany: 'Too many attempts',
    tooManyText: 'Wait a few minutes and try again.',
    failed: 'This did not work',
    failedText: 'The fault is on our side. Try again in a few minutes.',
    signIn: 'Sign in first',
    signInText: 'This page is for those who have signed in.',
  },
  ...enPages,
  ...enSnapshot,
  roleSheets: enRoleSheets,
  capabilities: enCapabilities,
};

/** The shape that a language's texts have, taken from the English ones. */
export type Texts = typeof en;

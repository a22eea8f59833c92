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
    acknowledgedAt: 'Acknowledged at',
    acknowledgedBy: 'Acknowledged by',
    withdrawnAt: 'Withdrawn at',
    system: 'Address of the system',
  },
  selfStated: (name: string) => `${name} (name as stated, not verified)`,
  unofficialTranslation: 'Unofficial translation. The English text prevails.',
  marking: {
    sample:
      'SAMPLE: this comes from a sample world. Its States, its events and its mailboxes are fictional; nothing in it is real.',
    test: 'TEST: this is a technical test, not a real request.',
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
      'A request for assistance is addressed to your State. You receive this message as one of its technical points of contact.',
    reminder:
      'Receipt of this request for assistance has not been acknowledged yet. You receive this reminder as one of the technical points of contact of the addressee.',
    withheld:
      'What is sought is not sent by mail, because of the marking of this request. Sign in to read it, at this address:',
    seeAlso: 'The request can also be read after signing in, at this address:',
    copy: 'Copy for information: this request has been sent to the technical points of contact of the addressee. You receive this message as a diplomatic point of contact of the requester (A/76/135, paragraph 77 (b)). Nothing is asked of you.',
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
    docs: 'Programming interface, to read and try',
    openapi: 'The same as an OpenAPI document',
    mailbox: 'Mailbox: every mail that was sent, kept on this machine',
    ready: 'Whether this instance is ready',
    accounts: 'Accounts to try',
    password: (password: string) => `All sign in with the password ${password}, at POST /api/v1/sessions.`,
  },
  acknowledge: {
    heading: 'Acknowledge receipt',
    steps: 'Open this address and enter the code. No account is needed.',
    open: 'Open the acknowledgement page',
    code: 'Code',
    validUntil: (at: string) => `Address and code are valid until ${at}.`,
    keep: 'Whoever holds both can acknowledge: share them only with colleagues on duty.',
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
      subject: 'Other addressee named',
      sentence: 'The addressee has named another body or State that this request concerns.',
    },
    amend: {
      subject: 'Request amended',
      sentence: 'The requester has added to this request what has become known since.',
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
  clock: {
    started: (at: string) => `Counting starts: ${at}.`,
    elapsed: (duration: string) => `To be counted, day and night: ${duration}.`,
    working: (duration: string, zone: string, version: string) =>
      `To be counted, in the duty hours of the addressee (${zone}, calendar version ${version}): ${duration}.`,
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
  },
};

/** The shape that a language's texts have, taken from the English ones. */
export type Texts = typeof en;

/** What is said in English beside requests: receipts, announcements, checkpoints, emergency access, organizations; part of `en.ts`. */
export const enBesideRequests = {
  /** A receipt to be read and printed. */
  receipt: {
    title: (word: string) => `Receipt: ${word}`,
    happened: 'What happened',
    what: 'Receipt for',
    meaning: 'It means',
    by: 'By',
    assurance: 'Assurance',
    evidence: 'Evidence',
    at: 'At (UTC)',
    actor: 'Account or mail',
    event: 'Id of the event',
    said: 'Salted digest of what was said or sent',
    place: 'Place in the record',
    chain: 'Chain',
    number: 'Number in the chain',
    digest: 'Digest of the entry',
    previous: 'Hash of the entry before',
    hash: 'Hash of the entry',
    batch: 'Batch of the journal',
    inBatch: (position: string, size: string) => `entry ${position} of ${size}`,
    root: 'Root of the batch',
    checkpoint: 'Checkpoint',
    checkpointNumber: 'Number',
    checkpointRoot: 'Root',
    checkpointHash: 'Hash',
    noCheckpoint: 'none yet: the next one follows within minutes',
    signature: 'Signature',
    network: 'Network',
    key: 'Key (RFC 7638 thumbprint)',
    verify: 'How to verify',
    steps: {
      rendering:
        'This page is a rendering and proves nothing by itself. What is signed is the receipt as data.',
      receipt: (address: string) => `Take the receipt from ${address}`,
      keys: (address: string) => `Take the public keys from ${address}`,
      run: 'Run “npm run cli -- verify <receipt file> --key <key file>”, or follow SPECIFICATION.md with tools of your own.',
      compare: 'Compare the root of the checkpoint with a copy of that checkpoint kept elsewhere.',
    },
    words: {
      filed: 'filed',
      'accepted by relay': 'accepted by relay',
      delivered: 'delivered',
      viewed: 'viewed',
      acknowledged: 'acknowledged',
      answered: 'answered',
    },
    meanings: {
      filed: 'The requester sent the request to this addressee.',
      'accepted by relay': 'A mail relay took over a mail about the request.',
      delivered:
        'The link of a mail about the request was fetched, so a mail with it arrived. It says nothing about a person.',
      viewed:
        'The request was shown to an account of the addressee, or to whoever typed the code of a mail to it.',
      acknowledged: 'Somebody on the side of the addressee acknowledged receipt.',
      answered: 'The addressee said whether it can assist.',
    },
    assurances: {
      'signed-in': 'signed in with an account',
      emergency: 'emergency access',
      'api-token': 'by an API token of an account',
      'link-and-code': 'link and code of a mail, under a name that nobody checked',
      system: 'observed by the system itself',
    },
    evidences: {
      'link-fetched': 'the link of the mail was fetched, by a person or a program',
      'request-read': 'the request was read with an account',
      'code-typed': 'the code of the mail was typed',
    },
  },
  /** The mail that carries an announcement of the secretariat. */
  announcement: {
    subject: (network: string) => `Announcement of the secretariat: ${network}`,
    from: 'From',
    secretariat: 'Secretariat of the network',
    announcedAt: 'Announced at',
    corrects: 'Corrects the announcement of',
    lead: 'This is an announcement of the secretariat of the network to accounts of its members. It is not a request between States and carries none. No acknowledgement is expected.',
    readThere: 'After signing in, it can be read in all its languages at this address:',
  },
  /** The mail that carries a signed checkpoint of the record. */
  checkpoint: {
    subject: (number: string, network: string) => `Checkpoint ${number} of the record: ${network}`,
    number: 'Checkpoint',
    madeAt: 'Made at',
    file: 'File',
    rhythm: 'Sent',
    every: { checkpoint: 'with each checkpoint', hour: 'every hour', day: 'every day' },
    purpose:
      'The file is a signed statement of where the record of this system stood at that time. It says nothing of what the record holds. Keep it outside this system: only copies outside can show that the record was rewritten later. Each one vouches for all before it.',
    verify:
      'Whoever verifies the record, with access to it, does so with your copy and with the public key of the record, saved as ledger-key.json:',
    key: 'The public key. Keep a copy of it too:',
    end: 'An administrator of your State changes or ends these mails after signing in, by PUT or DELETE at this address:',
  },
  /** Mails about emergency access, and what those who vouch are told. */
  emergency: {
    asked: {
      subject: 'Emergency access asked for',
      sentence:
        'Somebody who knows the password of this account says that they have lost every second factor, and asks to be let in for four hours. For that, two others of your State have to vouch.',
      own: 'Somebody who knows the password of your account says that they have lost every second factor, and asks to be let in for four hours. For that, two others of your State have to vouch.',
    },
    granted: {
      subject: 'Emergency access granted',
      sentence:
        'Two people of your State have vouched for this account. Without a second factor it opens for four hours, once.',
      own: 'Two people of your State have vouched for you. Without a second factor your account opens for four hours, once.',
    },
    ended: {
      subject: 'Emergency access ended',
      sentence:
        'The emergency access to this account was ended, with every session opened since it was begun.',
      own: 'The emergency access to your account was ended, with every session opened since it was begun.',
    },
    factorStays:
      'A second factor was set up under it, and opens the account from now on. If the person did not set it up, an administrator of your State has to end the account at once.',
    look: 'Accounts are looked through and ended at this address:',
    advice:
      'Before you vouch, call the person back on a number that you knew before, and have them read out the code that their screen shows. A mail, or a call that you receive, proves nothing.',
    notYou:
      'If this was not you, somebody knows your password: tell an administrator of your State at once, by telephone.',
    end: 'Everybody with an account of your State can end it at once, after signing in at this address:',
    account: 'Account',
    askedAt: 'Asked at',
    vouched: 'Vouched for by',
    until: 'Until',
  },
  /** Pages of signing in through the provider of one's organization. */
  organization: {
    offer: (name: string) => `Sign in at ${name}`,
    offerText:
      'You sign in at your organization, and come back here. This needs an account that you have linked to it.',
    begin: 'Begin',
    leave: (host: string) => `Go on at ${host}`,
    leaveText: 'Check that this is the address of your organization. You come back here within ten minutes.',
    go: (host: string) => `Sign in at ${host}`,
    returned: 'You come back from your organization',
    returnedText: 'One more step. Until then nothing has changed.',
    finish: 'Continue',
    signedIn: 'You are signed in',
    signedInText: 'This browser is signed in to your account.',
    secondFactor: 'Give your second factor',
    secondFactorText: 'Your organization has said who you are. Your account asks for its second factor too.',
    enrol: 'Set up a second factor',
    enrolText: 'Your organization has said who you are. Your account needs a second factor before it opens.',
    linked: 'Your account is linked',
    linkedText: 'From now on you can sign in to it through your organization.',
    steppedUp: 'You have proved who you are',
    steppedUpText: 'Go back and repeat what you were about to do, within five minutes.',
    refused: 'Signing in did not succeed',
    refusedText:
      'Begin again, in this browser. If your account is not linked to your organization yet, sign in with your password and link it.',
    unavailable: 'Your organization does not answer',
    unavailableText: 'Try again later, or sign in with your password.',
    unknown: 'Nobody signs in at this address',
    unknownText: 'Check that it was copied in full, or ask the administrator of your accounts.',
  },
};

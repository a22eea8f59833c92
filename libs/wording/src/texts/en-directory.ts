/** What is said in English of the directory: calls, confirmations, corrections, changes, keys, routes, networks; part of `en.ts`. */
export const enDirectory = {
  /** The code that the callee reads to whoever calls. */
  callCode: {
    subject: (caller: string) => `You are being called: a code for ${caller}`,
    sentence: (caller: string) =>
      `Somebody is calling you on behalf of ${caller}, to check that a number in the directory of points of contact reaches you. Read this code to the caller. Nothing else is asked.`,
    code: 'Code to read out',
    validUntil: (at: string) => `The code can be used once, until ${at}.`,
    unexpected:
      'Read it to nobody who does not ask for it by telephone, messenger or fax. If nobody calls, do nothing.',
  },
  /** A short text to a number, by a gateway. */
  endpointProof: {
    text: (party: string) =>
      `${party} has put this number into the directory of points of contact. Tell whoever keeps the directory this code:`,
    sample: 'SAMPLE.',
  },
  /** A notice about a request as a short text, by a gateway. The link, or the address to sign in at, follows. */
  shortNotice: {
    from: (party: string) => `From ${party}.`,
    sample: 'SAMPLE.',
    acknowledge: 'Acknowledge receipt:',
    signIn: 'Sign in:',
  },
  /** What somebody who calls reads to the callee. */
  callScript: {
    exercise: 'Exercise, exercise, exercise.',
    greeting: (caller: string) => `Good day. I am calling on behalf of ${caller}.`,
    role: (role: string) => `May I speak to: ${role}?`,
    check:
      'This is a check that this number reaches you. Nothing has happened, and nothing else is asked of you.',
    request:
      'A request for assistance has been sent to your side and waits for an acknowledgement. Please look into your mailbox, or sign in. I cannot say more here.',
    mailed: 'A mail with a code of six digits has just been sent to you. Please read me the code.',
    readOut: (code: string) =>
      `I am going to read you a code of six digits: ${code}. Please sign in and record it with this call.`,
    readBack: (code: string) => `So that I know that we hear each other well, please repeat: ${code}.`,
    doubt: 'If you doubt who I am, end this call and call us back at a number from the directory.',
    thanks: 'Thank you. Goodbye.',
  },
  /** The mails that ask people to call, when all reminders were sent. */
  calls: {
    subject: 'Calls to make',
    ofRequester:
      'Receipt of this request has not been acknowledged, and the last reminder was sent. Your side is asked to call points of contact of the addressee.',
    ofSecretariat:
      'A request waits for its acknowledgement at this party, and the last reminder was sent. By the rules of a network that both sides belong to, the secretariat is asked to call. What the request says is not shown to you.',
    what: 'Whoever takes a call sees the number and what to say. What comes of it is recorded with the call. It does not acknowledge the request. When receipt is acknowledged, calls that were not made are no longer wanted.',
    count: 'Calls',
    take: 'Sign in to take a call, at this address:',
  },
  /** Words of an entry, as mails and pages say them. */
  entryWords: {
    party: 'Party',
    role: 'Role',
    level: 'Level',
    channel: 'Channel',
    levels: {
      policy: 'policy',
      diplomatic: 'diplomatic',
      technical: 'technical',
      'law-enforcement-liaison': 'law enforcement liaison',
    },
    channels: {
      mail: 'Mail',
      telephone: 'Telephone',
      'emergency-telephone': 'Emergency telephone',
      messenger: 'Messenger',
      fax: 'Fax',
      webhook: 'Webhook',
      gateway: 'Message gateway',
    },
    states: {
      unproven: 'not proven yet',
      proven: 'proven',
      suspect: 'in doubt',
      ended: 'ended',
    },
  },
  /** The mail that asks to confirm an entry, and the page behind its link. */
  confirmation: {
    subject: (party: string) => `Please confirm: contact details of ${party}`,
    reminderSubject: (party: string) => `Reminder, please confirm: contact details of ${party}`,
    sentence:
      'This mailbox is in the directory of points of contact. Others rely on it in an emergency. Please look at what is on file, and confirm it or say what is wrong. It takes a minute, on a telephone too, and needs no password.',
    lastAt: 'Last confirmed',
    open: 'Look at it and confirm',
    validUntil: (time: string) => `The link works until ${time}, and once.`,
    unexpected:
      'If this mailbox has nothing to do with that, open the link and say so: then somebody is told to correct it.',
    heading: 'Is this still right?',
    lead: (party: string) => `This is what the directory says of a point of contact of ${party}.`,
    body: 'Body',
    person: 'Person',
    nobody: 'not told',
    languages: 'Languages',
    zone: 'Time zone',
    hours: 'Hours of duty',
    aroundTheClock: 'around the clock',
    noHours: 'not told',
    confirm: 'Confirm without change',
    confirmHint:
      'Addresses are shown in part. Who else knows this mail could press the button too: it confirms and changes nothing.',
    wrongHeading: 'Something is wrong',
    wrongHint: 'The administrators of your party are told. Nothing changes until one of them has decided.',
    wrongWhat: 'What is wrong?',
    wrong: {
      'no-longer-responsible': 'I am no longer responsible for this, or never was',
      'wrong-person': 'The person is another one',
      'wrong-channel': 'An address or number is wrong',
      other: 'Something else',
    },
    wrongText: 'What would be right? (need not be filled in)',
    wrongTextTooLong: 'Write at most 500 characters, without control characters.',
    wrongWhatMissing: 'Choose what is wrong.',
    report: 'Report it',
    done: 'Confirmed',
    doneText: 'Thank you. The entry is confirmed, and you are asked again in three months.',
    doneStale:
      'Thank you. The entry stays marked as stale until an administrator of your party has gone through all of it, as is due once a year.',
    reported: 'Reported',
    reportedText: 'Thank you. The administrators of your party are told now.',
    already: 'This link was used',
    alreadyText: (time: string) => `It was used at ${time}, and works once.`,
    alreadyConfirmed: (time: string) => `Nothing is left to do: the entry was confirmed at ${time}.`,
    over: 'This link is over',
    overText: 'A new one is sent for as long as the entry is not confirmed.',
    changed: 'It has changed meanwhile: please look again.',
    unknown: 'There is nothing at this address',
    unknownText: 'Check that the link of the mail was copied in full.',
  },
  /** The mail that tells a party what is said to be wrong with an entry of its own. */
  correction: {
    subject: (party: string) => `Contact details of ${party}: something may be wrong`,
    whats: {
      'wrong-channel': 'An address or number is said to be wrong.',
      'wrong-person': 'The person is said to be another one.',
      'no-longer-responsible':
        'Somebody who reads this mailbox says that they are not, or no longer, responsible.',
      other: 'Something is said to be wrong.',
      refused:
        'What was sent on this channel was refused for good. It is now marked as in doubt and used last; others are told in its place.',
      unanswered:
        'Nobody who is responsible could be reached on this channel. It is now marked as in doubt and used last.',
      'not-gone-through':
        'Nobody has gone through all of this entry for a year. It is marked as stale until an administrator has done so.',
    },
    reporter: 'Reported by',
    byLink: 'somebody with the link of a mail to this point of contact',
    bySystem: 'this system itself',
    reportedAt: 'Reported at',
    todo: 'An administrator of your party sees it after signing in, confirms or declines it, and proves the channel anew or ends it. Until then nothing else changes.',
    look: 'It is read at this address:',
  },
  /** Mails about the keys of a channel. */
  keyMail: {
    mailbox: 'Mailbox',
    kind: 'Kind of key',
    fingerprint: 'Fingerprint',
    code: 'Code to pass on',
    change: {
      subject: (party: string) => `A key in the directory has changed: ${party}`,
      added: (party: string) =>
        `${party} has added a key to this entry of the directory of points of contact.`,
      renewed: (party: string) =>
        `${party} has replaced a key of this entry by a newer copy of the same key.`,
      ended: (party: string) => `${party} has removed a key from this entry of the directory.`,
      revoked: (party: string) =>
        `A key of this entry of ${party} is revoked: nothing is encrypted to it any more.`,
      unexpected:
        'Compare the fingerprint with your own. If you know nothing of this, tell the colleague who keeps the directory for your State or organization at once, by telephone.',
    },
    test: {
      subject: (party: string) => `A test of your key: ${party}`,
      sentence: (party: string) =>
        `This mail is encrypted to the key that the directory of points of contact has for this mailbox of ${party}. That you can read it shows that the key is right. Tell the code to the colleague who keeps the directory for your State or organization.`,
      validUntil: (at: string) => `The code can be used once, until ${at}. Tell it to nobody else.`,
    },
    expiry: {
      subject: (party: string) => `A key in the directory expires soon: ${party}`,
      over: (party: string) => `A key in the directory has expired: ${party}`,
      sentence: (at: string) =>
        `The key for the mailbox below expires on ${at}. From then on nothing is encrypted to it.`,
      ended: (at: string) =>
        `The key for the mailbox below expired on ${at}. Nothing is encrypted to it any more.`,
      prolong:
        'Prolong the key, or make a new one, and give it to the colleague who keeps the directory for your State or organization. Whoever would write to the mailbox sees this warning too.',
      replace:
        'Have those who read the mailbox prolong the key or make a new one, and add it to the directory: a second administrator confirms it. Whoever would write to the mailbox sees this warning too.',
    },
  },
  /** Why a route goes as it does. */
  route: {
    chosen: {
      plan: 'The communication plan in force names it.',
      crisis: 'Crisis mode is declared: all are told at once.',
      'stands-in': 'It stands in for a point of contact that is absent.',
      constituency: 'What is asked about is in the constituency that its body declares.',
      primary: 'It is the primary point of contact at its level.',
      sector: 'Its body serves the sector.',
      'on-duty': 'Somebody is on duty there now.',
      'hours-unknown': 'Its hours of duty are not known: somebody may be there.',
      'off-duty': 'Nobody is on duty there now.',
      'nobody-stands-in': 'It is absent, and nobody who can be reached stands in.',
      stale: 'The entry has not been confirmed for a long time: others go before it.',
      suspect: 'The channel failed lately: proven ones go before it.',
      'call-back':
        'Its marking keeps the content out of this mail: it says only that there is a request, and asks to sign in or to call back.',
      endpoint: 'A machine is told there that there is a request, and never its content.',
      'key-missing': 'It asks for encryption, and no valid key is known: the mail leaves in clear.',
      call: 'No machine operates this channel: a person takes this step.',
      'other-purpose': 'The channel is for matters of another urgency: all others go before it.',
      'last-left': 'Nobody better can be written to now, so it is told at once all the same.',
    },
    passed: {
      nominated: 'The entry has not been verified by a second person yet.',
      suspended: 'The entry is suspended by its party.',
      retired: 'The entry is retired.',
      'level-not-wanted': 'It is at a level that was not asked for.',
      absent: 'It is absent: another point of contact stands in.',
      'no-channel': 'It has no channel that can be used.',
      unproven: 'The channel has not been proven yet.',
      ended: 'The channel has ended.',
      expired: 'The channel has expired.',
      'wrong-purpose': 'The channel is for something else.',
      'no-valid-key': 'It takes nothing unencrypted, and no valid key is known.',
      'plan-says-otherwise': 'The communication plan in force allows nothing beside its own channels.',
    },
    advice: {
      'try-other-means': 'Try the other means that the communication plan names.',
      'try-passed-over': 'Try by hand what was passed over and could still work.',
      'ask-other-levels': 'Ask at another level of the same party.',
      'ask-secretariat': 'Ask the secretariat of the network how the party can be reached.',
    },
  },
  /** The mail that says that the ways to reach a point of contact change. */
  channelChange: {
    subject: (role: string) => `Change at the point of contact “${role}”`,
    added: (kind: string) =>
      `A new way to reach this point of contact was entered (${kind}). Nothing is sent there before it is proven. What is sent to this mailbox does not change.`,
    endedHere:
      'This mailbox was taken out of the directory for this point of contact. Nothing more about requests is sent here for it.',
    endedThere: (kind: string) =>
      `A way to reach this point of contact was ended (${kind}). What is sent to this mailbox does not change.`,
    replacedHere: (kind: string) =>
      `This mailbox is to be replaced by another way to reach this point of contact (${kind}). As soon as that one is proven, nothing more about requests is sent here for it.`,
    replacedThere: (ended: string, added: string) =>
      `A way to reach this point of contact (${ended}) is to be replaced by another (${added}), as soon as that one is proven. What is sent to this mailbox does not change.`,
    retired:
      'The point of contact was removed from the directory by a note verbale. Nothing more about requests is sent here for it.',
    party: 'State or organization',
    role: 'Point of contact',
    decidedAt: 'Decided at',
    usedHere:
      'How this mailbox is used for this point of contact was changed: until when, what for, or how it is encrypted. It may get less about requests than before.',
    usedThere: (kind: string) =>
      `How another way to reach this point of contact (${kind}) is used was changed: until when, what for, or how it is encrypted.`,
    byOne: 'One administrator of your State or organization did this, with a second factor.',
    byTwo: 'One administrator of your State or organization proposed this, and a second one confirmed it.',
    unexpected:
      'If you know nothing of this, tell an administrator of your State or organization at once, and the secretariat of the network. Call them on numbers that you knew before. Do not answer this mail.',
    kinds: {
      mail: 'mailbox',
      telephone: 'telephone',
      'emergency-telephone': 'emergency telephone',
      messenger: 'messenger',
      fax: 'fax',
      webhook: 'webhook',
      gateway: 'message gateway',
    },
  },
  /** Steps of a national procedure that every party can begin with. */
  procedure: {
    'receive-in-hours': 'It is settled who receives requests and notifications in office hours.',
    'receive-out-of-hours': 'It is settled who receives them at night, at weekends and on holidays.',
    acknowledge: 'Whoever receives one may acknowledge it at once, without asking first.',
    classify: 'It is written down how serious an incident must be for which office to be told.',
    decide: 'It is settled who decides whether assistance is given, and who when that person is away.',
    'decide-out-of-hours': 'Whoever decides can be reached at any hour, and has said so.',
    tell: 'It is settled who is told within the government, by whom and in which order.',
    'hand-over':
      'The technical and the diplomatic side have agreed when one hands over to the other, and how.',
    'legal-clearance': 'Legal advice on giving and taking assistance is at hand, with a name and a number.',
    operators: 'Operators of critical infrastructure know whom to call, and have been called once.',
    templates: 'Templates for requests and answers lie ready, filled in as far as possible.',
    translators: 'Translators for the working languages of the network can be reached.',
    channels: 'Keys and secure channels are set up and have been tried with another State.',
    'without-network': 'There is a way to reach others while the network is down, and a printed list.',
    exercise: 'The procedure was exercised within the last year, and what was learned is written down.',
  },
};

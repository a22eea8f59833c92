/** What mails of the directory say in English beside those of {@link enDirectory}: proposals, changes, modes, what will be due; part of `en.ts`. */
export const enDirectoryMails = {
  /** The mail that tells the other administrators that something waits for a second person. */
  proposal: {
    subject: (party: string) => `A second administrator is needed: contact details of ${party}`,
    whats: {
      'add-channel': 'A new way to reach this point of contact is proposed.',
      'end-channel': 'It is proposed to end a way to reach this point of contact.',
      'replace-channel': 'It is proposed to replace a way to reach this point of contact by another.',
      retire: 'It is proposed to remove this point of contact from the directory.',
      'add-key': 'A new key is proposed for a mailbox of this point of contact.',
      'end-key':
        'It is proposed to end a key of a mailbox of this point of contact: nobody could encrypt to it any more.',
    },
    ended: 'Would end',
    added: 'Would come',
    proposedBy: 'Proposed by',
    proposedAt: 'Proposed at',
    until: 'Can be confirmed until',
    todo: 'It takes effect when another administrator than the one who proposed it confirms it, after signing in, with a second factor. Addresses are shown in part here.',
    look: 'It is read in full, and decided, at this address:',
    unexpected:
      'If you do not expect this, call the colleague who proposed it, on a number that you knew before, and do not confirm it until you have spoken.',
  },
  /** The mail that tells points of contact of the mode of a communication plan. */
  mode: {
    subject: (mode: string) => `Communication plan: mode “${mode}” declared`,
    ofPair: (one: string, other: string) =>
      `Under the communication plan of ${one} and ${other}, another mode holds from now on.`,
    ofNetwork: (network: string) =>
      `Under the communication plan of the network “${network}”, another mode holds from now on.`,
    plan: 'Number of the plan',
    mode: 'Mode',
    names: { normal: 'normal', heightened: 'heightened', crisis: 'crisis' },
    since: 'Since',
    declaredBy: 'Declared by',
    secretariat: 'Secretariat of the network',
    reason: 'Reason, as it was given',
    reports: (minutes: string) =>
      `The plan asks for a situation report every ${minutes} minutes in this mode.`,
    noReports: 'The plan asks for no situation reports in this mode.',
    bridge: 'The plan names a conference bridge. How to join it is read there, and not in mails.',
    crisis: 'In this mode requests go to all points of contact at the level that is told, at once.',
    look: 'The plan is read, after signing in, at this address:',
  },
  /** The mail that tells the owner of an entry ahead of time what will be due. */
  ahead: {
    goThrough: {
      subject: (party: string) => `To be gone through soon: contact details of ${party}`,
      sentence: (at: string) =>
        `Once a year an administrator goes through all of an entry. For this one that is due by ${at}. After that it is marked as stale, and others are told before it.`,
    },
    toConfirm: {
      subject: (party: string) => `To be confirmed soon: contact details of ${party}`,
      sentence: (at: string) =>
        `No mailbox of this entry can be asked to confirm it, so an administrator does. That is due by ${at}. After that it is marked as stale, and others are told before it.`,
    },
    unconfirmed: {
      subject: (party: string) => `Not confirmed: contact details of ${party}`,
      sentence: (at: string) =>
        `No mailbox of this entry can be asked to confirm it, so an administrator does. That was due by ${at}. It is marked as stale now, and others are told before it.`,
    },
    lastDay: {
      subject: (party: string) => `The last day of a channel in the directory comes soon: ${party}`,
      sentence: (day: string) =>
        `This channel is good until ${day}. From the day after, nothing is sent there, and whoever looks for a way to reach you is led elsewhere.`,
    },
    past: {
      subject: (party: string) => `The last day of a channel in the directory is past: ${party}`,
      sentence: (day: string) =>
        `This channel was good until ${day}. Nothing is sent there any more, and whoever looks for a way to reach you is led elsewhere.`,
    },
    whole: 'An administrator of your party does so after signing in, with a second factor.',
    byAdministrator: 'An administrator of your party does so after signing in.',
    prolong:
      'An administrator of your party gives it another last day, or replaces it, after signing in. Whoever would write there sees this warning too.',
    look: 'It is done at this address:',
  },
  /** The mail with the code that proves a channel. */
  channelProof: {
    subject: (party: string) => `Is this mailbox right? A code for ${party}`,
    sentence: (party: string) =>
      `${party} has entered this mailbox in the directory of points of contact. If that is right, tell the code to the colleague who keeps the directory for your State or organization.`,
    code: 'Code to pass on',
    validUntil: (at: string) => `The code can be used once, until ${at}.`,
    unexpected:
      'Tell it to nobody else. If you know nothing of this, do nothing: nothing will be sent here on account of it.',
  },
  /** What is said of a change on the old ways to reach a point of contact that are no mailboxes, and what comes of it. */
  announcedChange: {
    whose: (party: string, role: string) => `${party}, ${role}:`,
    toEndpoint: {
      added: (kind: string) =>
        `A new way to reach this point of contact was entered (${kind}). Nothing is sent there before it is proven. What is sent here does not change.`,
      endedHere:
        'This address was taken out of the directory for this point of contact. Nothing more about requests is sent here for it.',
      endedThere: (kind: string) =>
        `A way to reach this point of contact was ended (${kind}). What is sent here does not change.`,
      replacedHere: (kind: string) =>
        `This address is to be replaced by another way to reach this point of contact (${kind}). As soon as that one is proven, nothing more about requests is sent here for it.`,
      replacedThere: (ended: string, added: string) =>
        `A way to reach this point of contact (${ended}) is to be replaced by another (${added}), as soon as that one is proven. What is sent here does not change.`,
      retired:
        'This point of contact was removed from the directory. Nothing more about requests is sent here for it.',
      usedHere:
        'How this address is used for this point of contact was changed: until when, what for, or how it is encrypted.',
      usedThere: (kind: string) =>
        `How another way to reach this point of contact (${kind}) is used was changed: until when, what for, or how it is encrypted.`,
    },
    unexpected:
      'If you know nothing of this, tell an administrator of your State or organization at once, and the secretariat of the network, on numbers that you knew before.',
    /** What somebody who calls reads to the callee, beside the rest of the script. */
    spoken: {
      about: (at: string) =>
        `I am calling about a change in the directory of points of contact, decided at ${at}. Nothing else has happened.`,
      sentences: {
        added: (kind: string) =>
          `Another way to reach you was entered: ${kind}. The one that I am using now stays as it is.`,
        endedHere: 'The way to reach you that I am using now was taken out of the directory.',
        endedThere: (kind: string) =>
          `A way to reach you was taken out of the directory: ${kind}. The one that I am using now stays as it is.`,
        replacedHere: (kind: string) =>
          `The way to reach you that I am using now is to be replaced by another one: ${kind}.`,
        replacedThere: (ended: string, added: string) =>
          `A way to reach you, ${ended}, is to be replaced by another one, ${added}. The one that I am using now stays as it is.`,
        retired: 'Your point of contact was removed from the directory.',
        usedHere:
          'The way to reach you that I am using now is used otherwise from now on: until when, what for, or how it is encrypted.',
        usedThere: (kind: string) =>
          `Another way to reach you is used otherwise from now on: ${kind}. The one that I am using now stays as it is.`,
      },
      sayAtOnce: 'If you know nothing of this, please tell me so at once.',
    },
    /** The mail that asks the secretariat to call. */
    calls: {
      ofSecretariat:
        'Administrators of this party have changed how its points of contact are reached. The change is to be announced on the old numbers. The secretariat is asked to call, because it has no part in the change.',
      what: 'Whoever takes a call sees the old number and what to say. What comes of it is recorded with the call. If the callee knows nothing of the change, record “disputed”: then the administrators of the party are told at once.',
    },
    /** The mail to the administrators of a party when a callee knew nothing of a change. */
    disputed: {
      subject: (party: string) => `Somebody knows nothing of a change: contact details of ${party}`,
      sentence:
        'The secretariat has called an old number of this point of contact, to announce a change. The callee said that they know nothing of it. Somebody may have made it who should not.',
      change: 'Change',
      whats: {
        'add-channel': 'a new way to reach it was entered',
        'end-channel': 'a way to reach it was ended',
        'replace-channel': 'a way to reach it is replaced by another',
        'change-use': 'how a way to reach it is used was changed',
        retire: 'it was removed from the directory',
      },
      ended: 'Old way',
      added: 'New way',
      called: 'Called on',
      saidAt: 'Said at',
      todo: 'Look at this change and at others of the same point of contact: who proposed them, and who confirmed them. If one is not right, end what was added, and call the secretariat of the network, on a number that you knew before. Nothing is taken back by itself.',
      look: 'It is read, after signing in, at this address:',
    },
  },
};

/** What is said in English about the directory: calls and codes that prove its channels; part of `en.ts`. */
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
};

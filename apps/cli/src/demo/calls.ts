import type { Sample, SampleStep } from '#libs/templates';

/** The id of a body, by its party and kind. */
export type BodyId = (party: string, kind: string) => string;

/** What is sent to file a sample: its five fields, and beside them what its template asks for beyond those. */
export function filingOf({ template, answers: all }: Sample): object {
  const { from, to, urgency, tlp, sentence, ...answers } = all;
  return { from, to, urgency, tlp, sentence, template: template.key, answers };
}

/**
 * What is sent to do a step. The key fields of a document (from, to, request, label, who acknowledged) follow from
 * the request and the caller; the answer that was determined stands apart.
 */
export function callOf({ act, addressee, text, redirectTo, ...step }: SampleStep, bodyId: BodyId): object {
  const {
    from: _f,
    to: _t,
    request: _r,
    tlp: _l,
    acknowledgedBy: _a,
    answer,
    ...answers
  } = step.answers ?? {};
  return {
    act,
    ...(addressee ? { addressee } : {}),
    ...(text ? { text } : {}),
    ...(answer === undefined ? {} : { answer }),
    ...(step.answers ? { answers } : {}),
    ...(redirectTo
      ? { redirectTo: { party: redirectTo.party, body: bodyId(redirectTo.party, redirectTo.body) } }
      : {}),
  };
}

import type { DeliveryView } from '#libs/requests';
import type { CaughtMail, SmtpSink } from './smtp-sink.js';

/** The mails of one notice as the far end has them: all bear the Message-ID that is made of the notice's id. */
export const copiesOf = (sink: SmtpSink, notice: string): CaughtMail[] =>
  sink.mails.filter((mail) => mail.messageId.startsWith(`<${notice}@`));

/** Numbers and outcomes of the attempts of a notice, in short. */
export const attemptsOf = (delivery: DeliveryView) =>
  delivery.attempts.map(({ number, outcome }) => [number, outcome]);

/**
 * Nothing lost, nothing doubled: each notice is accepted, the far end has it once, and once more at most for each
 * attempt whose outcome was truly unknown.
 */
export function expectNothingLost(sink: SmtpSink, deliveries: readonly DeliveryView[]): void {
  expect(deliveries.map(({ state }) => state)).toEqual(deliveries.map(() => 'accepted'));
  for (const delivery of deliveries) {
    const unknown = delivery.attempts.filter(({ outcome }) => outcome === 'unknown').length;
    const copies = copiesOf(sink, delivery.notice).length;
    expect(copies).toBeGreaterThanOrEqual(1);
    expect(copies).toBeLessThanOrEqual(1 + unknown);
  }
}

/** The same where no outcome was unknown: exactly one copy of each. */
export function expectOnce(sink: SmtpSink, deliveries: readonly DeliveryView[]): void {
  expectNothingLost(sink, deliveries);
  expect(deliveries.map(({ notice }) => copiesOf(sink, notice).length)).toEqual(deliveries.map(() => 1));
}

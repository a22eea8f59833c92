import type { UnitOfWork } from '#libs/runtime';

/**
 * Forgets what is over: sessions, challenges and sign-ins that have ended, answers to repeats after seven days, failed tries
 * and readings after an hour, previews of imports after a week, to which addresses an
 * announcement was mailed after thirty days. Safe to run in several workers at once; what one misses the next finds.
 */
export class Forgetting {
  constructor(private readonly units: UnitOfWork) {}

  /** Answers how many rows were forgotten. */
  async run(): Promise<number> {
    return this.units.run({ actor: 'worker', party: null, body: null, purpose: 'sweep' }, async (tx) => {
      const [row] = await tx.query<{ forgotten: number }>(
        'SELECT app.forget_what_is_over() + app.forget_organization_sign_ins() + app.forget_announced() + app.forget_readings() + app.forget_imports() AS forgotten',
      );
      return row?.forgotten ?? 0;
    });
  }
}

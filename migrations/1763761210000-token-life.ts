import type { MigrationInterface, QueryRunner } from 'typeorm';

/** For how many days a token was made, apart from when it ends: rotating it cuts its end, and not the next one's life. */
export class TokenLife1763761210000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE api_tokens ADD COLUMN days integer CHECK (days BETWEEN 1 AND 365);
      -- The owner has no policy on tokens: for this one statement of this transaction it needs none.
      ALTER TABLE api_tokens NO FORCE ROW LEVEL SECURITY;
      UPDATE api_tokens SET days = least(365, greatest(1, round(extract(epoch FROM expires_at - created_at) / 86400)));
      ALTER TABLE api_tokens FORCE ROW LEVEL SECURITY, ALTER COLUMN days SET NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE api_tokens DROP COLUMN days');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Mails that a relay took and that came back: when, and what the report says (RFC 3463). */
export class ReturnedMail1763764500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE notices ADD COLUMN returned_at timestamptz,
        ADD COLUMN return_status text CHECK (return_status ~ '^[245]\\.[0-9]{1,3}\\.[0-9]{1,3}$'),
        ADD CONSTRAINT notices_returned CHECK (CASE WHEN returned_at IS NULL THEN return_status IS NULL
          ELSE channel = 'mail' AND state IN ('failed', 'cancelled') END);
      GRANT UPDATE (returned_at, return_status) ON notices TO aldis_worker`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE notices DROP COLUMN returned_at, DROP COLUMN return_status`);
  }
}

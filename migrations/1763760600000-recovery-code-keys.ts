import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The hash of a recovery code bears the id of the vault key it was made with: `<keyId>:<64 hex digits>`. */
export class RecoveryCodeKeys1763760600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Of codes from before nobody can say which key they need: their owners ask for new ones.
      ALTER TABLE recovery_codes NO FORCE ROW LEVEL SECURITY;
      DELETE FROM recovery_codes;
      ALTER TABLE recovery_codes FORCE ROW LEVEL SECURITY,
        ADD CONSTRAINT recovery_codes_name_their_key CHECK (code_hash ~ '^[A-Za-z0-9_-]{1,32}:[0-9a-f]{64}$')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE recovery_codes NO FORCE ROW LEVEL SECURITY;
      DELETE FROM recovery_codes;
      ALTER TABLE recovery_codes FORCE ROW LEVEL SECURITY, DROP CONSTRAINT recovery_codes_name_their_key`);
  }
}

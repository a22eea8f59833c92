import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The further roles: administrators of parties, exercise directors and auditors of the network; accounts can end. */
export class Roles1763760000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE accounts
        DROP CONSTRAINT accounts_role_check,
        DROP CONSTRAINT accounts_belong,
        -- An account is never deleted: what was done under it stays whose it was.
        ADD COLUMN deactivated_at timestamptz,
        ADD CONSTRAINT accounts_role_check CHECK (role IN ('party-administrator', 'officer', 'duty-officer', 'observer',
          'directory-manager', 'exercise-director', 'auditor')),
        ADD CONSTRAINT accounts_belong CHECK (
          (role IN ('directory-manager', 'exercise-director', 'auditor')) = (party_code IS NULL)
          AND (party_code IS NULL) = (body_id IS NULL))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- There were no such roles before: their accounts cannot stay. Where one has left a trace, this fails.
      ALTER TABLE accounts NO FORCE ROW LEVEL SECURITY;
      DELETE FROM accounts WHERE role IN ('party-administrator', 'exercise-director', 'auditor');
      ALTER TABLE accounts FORCE ROW LEVEL SECURITY;
      ALTER TABLE accounts
        DROP COLUMN deactivated_at,
        DROP CONSTRAINT accounts_role_check,
        DROP CONSTRAINT accounts_belong,
        ADD CONSTRAINT accounts_role_check CHECK (role IN ('officer', 'duty-officer', 'observer', 'directory-manager')),
        ADD CONSTRAINT accounts_belong CHECK ((role = 'directory-manager') = (party_code IS NULL) AND (party_code IS NULL) = (body_id IS NULL))`);
  }
}

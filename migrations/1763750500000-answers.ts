import type { MigrationInterface, QueryRunner } from 'typeorm';

const states = `'sent', 'acknowledged', 'assessing', 'answered', 'agreed', 'in-progress', 'completed', 'redirected', 'closed', 'withdrawn'`;

/** The life of a line to its end: its further states, its answer, its open question, who took it. */
export class Answers1763750500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE addressees
        DROP CONSTRAINT addressees_state_check,
        ADD CONSTRAINT addressees_state_check CHECK (state IN (${states})),
        ADD COLUMN answer text CHECK (answer IN ('can-assist', 'in-part', 'cannot', 'more-time')),
        ADD COLUMN answered_at timestamptz,
        ADD COLUMN question_at timestamptz,
        ADD COLUMN taken_by jsonb,
        ADD COLUMN ended_at timestamptz,
        ADD CONSTRAINT addressees_answered CHECK (answered_at IS NULL OR (answer IS NOT NULL AND acknowledged_at IS NOT NULL));
      GRANT UPDATE (answer, answered_at, question_at, taken_by, ended_at) ON addressees TO aldis_api`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE addressees
        DROP CONSTRAINT addressees_answered,
        DROP COLUMN answer, DROP COLUMN answered_at, DROP COLUMN question_at, DROP COLUMN taken_by, DROP COLUMN ended_at,
        DROP CONSTRAINT addressees_state_check,
        ADD CONSTRAINT addressees_state_check CHECK (state IN ('sent', 'acknowledged', 'withdrawn'))`);
  }
}

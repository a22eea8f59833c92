import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A removal, too, comes with the file of its note verbale. Notes that were given before stay as they are, are restored
 * and change keys; none of them without a file removes anything that is proposed from now on.
 */
export class RemovalsByNote1763764300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE POLICY comes_with_file ON notes_verbales AS RESTRICTIVE FOR INSERT TO aldis_api WITH CHECK (file IS NOT NULL);
      CREATE POLICY by_note_with_file ON entry_changes AS RESTRICTIVE FOR INSERT TO aldis_api
        WITH CHECK (note_id IS NULL OR EXISTS (SELECT 1 FROM notes_verbales n WHERE n.id = note_id AND n.file IS NOT NULL))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP POLICY by_note_with_file ON entry_changes;
      DROP POLICY comes_with_file ON notes_verbales`);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

const refuse = (why: string) => `RAISE EXCEPTION '${why}' USING ERRCODE = 'insufficient_privilege';`;

/**
 * A key that others rely on is ended by two people: one proposes it, another one ends it within thirty days. The
 * database writes down who proposes, and refuses the end without.
 */
export class KeysEndedByTwo1763764600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE contact_keys ADD COLUMN end_proposed_by uuid REFERENCES accounts,
        ADD COLUMN end_proposed_at timestamptz,
        -- Both stay when it ends so, and go when it is kept.
        ADD CONSTRAINT contact_keys_end_proposed CHECK ((end_proposed_by IS NULL) = (end_proposed_at IS NULL)
          AND (end_proposed_by IS NULL OR confirmed_at IS NOT NULL));
      -- Not who: that is what the walls know.
      GRANT UPDATE (end_proposed_at) ON contact_keys TO aldis_api;

      CREATE FUNCTION app.end_key_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF current_user <> 'aldis_api' THEN RETURN NEW; END IF;
          IF NEW.end_proposed_at IS DISTINCT FROM OLD.end_proposed_at THEN
            IF OLD.state <> 'confirmed' OR NEW.state <> 'confirmed' THEN
              ${refuse('the end of a key is proposed while it is confirmed, and not in the moment in which it ends')}
            END IF;
            NEW.end_proposed_by := CASE WHEN NEW.end_proposed_at IS NOT NULL THEN app.account() END;
            NEW.end_proposed_at := CASE WHEN NEW.end_proposed_at IS NOT NULL THEN app.now() END;
          END IF;
          IF OLD.state <> 'confirmed' OR NEW.state <> 'ended' OR OLD.expires_at <= app.now() THEN RETURN NEW; END IF;
          -- Nobody relies on an entry that is only nominated.
          IF EXISTS (SELECT 1 FROM public.channels c JOIN public.points_of_contact p ON p.id = c.point_of_contact_id
            WHERE c.id = OLD.channel_id AND p.state = 'nominated') THEN RETURN NEW; END IF;
          -- Thirty days in hours, whatever the zone of the session.
          IF OLD.end_proposed_by <> app.account() AND OLD.end_proposed_at > app.now() - interval '720 hours' AND EXISTS (
            SELECT 1 FROM public.accounts a WHERE a.id = OLD.end_proposed_by AND a.deactivated_at IS NULL)
          THEN RETURN NEW; END IF;
          -- Whoever confirms a newer copy that somebody else added ends the one before.
          IF EXISTS (SELECT 1 FROM public.contact_keys k WHERE k.channel_id = OLD.channel_id
            AND k.fingerprint = OLD.fingerprint AND k.state = 'proposed' AND k.added_by <> app.account()
            AND (k.expires_at IS NULL OR k.expires_at > app.now())) THEN RETURN NEW; END IF;
          ${refuse('a second person proposes to end a key first')}
        END $$;
      CREATE TRIGGER contact_keys_ended_by_two BEFORE UPDATE ON contact_keys
        FOR EACH ROW EXECUTE FUNCTION app.end_key_by_two()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER contact_keys_ended_by_two ON contact_keys;
      DROP FUNCTION app.end_key_by_two();
      ALTER TABLE contact_keys DROP COLUMN end_proposed_by, DROP COLUMN end_proposed_at`);
  }
}

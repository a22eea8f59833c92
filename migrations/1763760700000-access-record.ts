import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The function that chains an event of access; `about` is what its commitment says of the column of that name. */
const chainAccessEvents = (about: string) => `
  CREATE OR REPLACE FUNCTION app.chain_access_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$ BEGIN
      INSERT INTO public.ledger_entries (chain, party_code, traffic, kind, at, actor_code, assurance, subject_id, commitment)
      VALUES (coalesce('party:' || NEW.party_code, 'network'), NEW.party_code, NEW.traffic, 'access.' || NEW.act, NEW.at,
        NEW.party_code, NEW.assurance, NEW.id,
        app.tagged_hash('aldis-ledger-access-event-v1', '{' || ${about} || '"account":' || app.json(NEW.account_id::text)
          || ',"act":' || app.json(NEW.act) || ',"assurance":' || app.json(NEW.assurance)
          || ',"at":' || app.json(app.utc(NEW.at)) || ',"id":' || app.json(NEW.id::text)
          || ',"party":' || app.json(NEW.party_code) || ',"traffic":' || app.json(NEW.traffic) || '}'));
      RETURN NULL;
    END $$;`;

const assurances = `('signed-in', 'emergency', 'link-and-code', 'api-token', 'system', 'none')`;

/**
 * The record of access grows beyond signing in: any act by its name, and what it was about (a request, an account, a
 * row of the directory). An event about nothing is committed to as before, so that what was recorded still verifies.
 */
export class AccessRecord1763760700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE access_events ADD COLUMN about uuid,
        DROP CONSTRAINT access_events_act_check,
        ADD CONSTRAINT access_events_act_check CHECK (act ~ '^[a-z]+(-[a-z]+)*$'),
        DROP CONSTRAINT access_events_assurance_check,
        ADD CONSTRAINT access_events_assurance_check CHECK (assurance IN ${assurances});
      ALTER TABLE request_events DROP CONSTRAINT request_events_assurance_check,
        ADD CONSTRAINT request_events_assurance_check CHECK (assurance IN ${assurances} AND assurance <> 'none');
      ALTER TABLE sessions DROP CONSTRAINT sessions_factor_check,
        ADD CONSTRAINT sessions_factor_check CHECK (factor IN ('none', 'totp', 'passkey', 'recovery-code', 'organization', 'emergency'));
      ${chainAccessEvents(`coalesce('"about":"' || NEW.about || '",', '')`)}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${chainAccessEvents(`''`)}
      ALTER TABLE sessions DROP CONSTRAINT sessions_factor_check,
        ADD CONSTRAINT sessions_factor_check CHECK (factor IN ('none', 'totp', 'passkey', 'recovery-code'));
      ALTER TABLE request_events DROP CONSTRAINT request_events_assurance_check,
        ADD CONSTRAINT request_events_assurance_check CHECK (assurance IN ('signed-in', 'link-and-code', 'api-token', 'system'));
      ALTER TABLE access_events DROP CONSTRAINT access_events_assurance_check,
        ADD CONSTRAINT access_events_assurance_check CHECK (assurance IN ('signed-in', 'none')),
        DROP CONSTRAINT access_events_act_check,
        ADD CONSTRAINT access_events_act_check CHECK (act IN ('sign-in', 'sign-in-refused')),
        DROP COLUMN about`);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a mail is about: a request with all that belongs to one, or one other thing of those named, and no request. */
const aboutOne = (others: string, ofRequest: string) => `CHECK (CASE num_nonnulls(${others})
  WHEN 0 THEN num_nulls(request_id, party_code, requester_code, ${ofRequest}) = 0
  WHEN 1 THEN num_nonnulls(request_id, addressee_id, requester_code, ${ofRequest}) = 0
  ELSE false END)`;
const before = 'invitation_id, emergency_access_id, announcement_id, subscription_id';
const after = `${before}, channel_id`;
const ofChannel = `channel_id IS NOT NULL AND app.keeps_entries(party_code)
  AND EXISTS (SELECT 1 FROM channels c WHERE c.id = channel_id AND c.party_code = app.party())`;

/** Entries that parties make themselves: named by one person, verified by another, with channels proven by a code. */
export class Entries1763762100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE points_of_contact
        ADD COLUMN nominated_by uuid REFERENCES accounts,
        ADD COLUMN verified_by uuid REFERENCES accounts,
        ADD CONSTRAINT points_of_contact_two_people CHECK (nominated_by IS NULL OR state IN ('nominated', 'retired')
          OR (verified_by IS NOT NULL AND verified_by <> nominated_by));
      -- Who nominates and who verifies is what the walls know, whatever a statement says.
      CREATE FUNCTION app.name_who_vouches() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF current_user <> 'aldis_api' THEN RETURN NEW; END IF;
          IF TG_OP = 'INSERT' THEN
            IF NEW.state <> 'nominated' THEN
              RAISE EXCEPTION 'an entry begins nominated' USING ERRCODE = 'insufficient_privilege';
            END IF;
            NEW.nominated_by := app.actor()::uuid;
            NEW.verified_by := NULL;
          ELSIF OLD.state = 'nominated' AND NEW.state NOT IN ('nominated', 'retired') THEN
            NEW.verified_by := app.actor()::uuid;
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER points_of_contact_vouched BEFORE INSERT OR UPDATE ON points_of_contact
        FOR EACH ROW EXECUTE FUNCTION app.name_who_vouches();
      CREATE POLICY begins_unproven ON channels AS RESTRICTIVE FOR INSERT TO aldis_api WITH CHECK (state = 'unproven');

      -- Codes that were sent on a channel, to be said back: each for one use, within a day, with few tries.
      CREATE TABLE channel_codes (
        id uuid PRIMARY KEY,
        channel_id uuid NOT NULL REFERENCES channels,
        party_code text NOT NULL REFERENCES parties,
        traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test')),
        key_id text NOT NULL,
        code_hash text NOT NULL,
        tries_left integer NOT NULL CHECK (tries_left BETWEEN 0 AND 5),
        sent_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        used_at timestamptz
      );
      CREATE INDEX channel_codes_of_channel ON channel_codes (channel_id, sent_at DESC);
      ALTER TABLE channel_codes ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY by_administrator ON channel_codes TO aldis_api USING (app.keeps_entries(party_code))
        WITH CHECK (app.keeps_entries(party_code)
          AND EXISTS (SELECT 1 FROM channels c WHERE c.id = channel_id AND c.party_code = channel_codes.party_code));
      GRANT SELECT, INSERT, UPDATE (tries_left, used_at) ON channel_codes TO aldis_api;

      ALTER TABLE messages ADD COLUMN channel_id uuid REFERENCES channels,
        DROP CONSTRAINT messages_about,
        ADD CONSTRAINT messages_about ${aboutOne(after, 'tlp')};
      ALTER TABLE notices ADD COLUMN channel_id uuid REFERENCES channels,
        DROP CONSTRAINT notices_about,
        ADD CONSTRAINT notices_about ${aboutOne(after, 'point_of_contact_id')};
      CREATE POLICY of_channel_sent ON messages FOR INSERT TO aldis_api WITH CHECK (${ofChannel});
      CREATE POLICY of_channel_sent ON notices FOR INSERT TO aldis_api WITH CHECK (${ofChannel});
      -- A new code takes back the one before, and the end of a channel takes back what has not left yet.
      CREATE POLICY of_channel ON notices FOR SELECT TO aldis_api USING (${ofChannel});
      CREATE POLICY of_channel_cancel ON notices FOR UPDATE TO aldis_api USING (${ofChannel});
      SELECT app.let_owner_keep()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP POLICY of_channel_cancel ON notices; DROP POLICY of_channel ON notices;
      DROP POLICY of_channel_sent ON notices; DROP POLICY of_channel_sent ON messages;
      ALTER TABLE messages NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE notices NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE attempts NO FORCE ROW LEVEL SECURITY;
      DELETE FROM attempts a USING notices n WHERE n.id = a.notice_id AND n.channel_id IS NOT NULL;
      DELETE FROM notices WHERE channel_id IS NOT NULL;
      DELETE FROM messages WHERE channel_id IS NOT NULL;
      ALTER TABLE attempts FORCE ROW LEVEL SECURITY;
      ALTER TABLE messages FORCE ROW LEVEL SECURITY, DROP CONSTRAINT messages_about, DROP COLUMN channel_id,
        ADD CONSTRAINT messages_about ${aboutOne(before, 'tlp')};
      ALTER TABLE notices FORCE ROW LEVEL SECURITY, DROP CONSTRAINT notices_about, DROP COLUMN channel_id,
        ADD CONSTRAINT notices_about ${aboutOne(before, 'point_of_contact_id')};
      DROP TABLE channel_codes;
      DROP POLICY begins_unproven ON channels;
      DROP TRIGGER points_of_contact_vouched ON points_of_contact;
      DROP FUNCTION app.name_who_vouches();
      ALTER TABLE points_of_contact DROP CONSTRAINT points_of_contact_two_people,
        DROP COLUMN nominated_by, DROP COLUMN verified_by`);
  }
}

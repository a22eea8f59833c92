import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a mail is about: a request with all that belongs to one, or one other thing of those named, and no request. */
const aboutOne = (others: string, ofRequest: string) => `CHECK (CASE num_nonnulls(${others})
  WHEN 0 THEN num_nulls(request_id, party_code, requester_code, ${ofRequest}) = 0
  WHEN 1 THEN num_nonnulls(request_id, addressee_id, requester_code, ${ofRequest}) = 0
  ELSE false END)`;
const before = 'invitation_id, emergency_access_id, announcement_id';
const after = `${before}, subscription_id`;
const administers = `app.known() AND party_code = app.party() AND (SELECT app.role()) = 'party-administrator'`;

/** To which mailbox of a party checkpoints are sent, in which rhythm, and which was the last. */
export class CheckpointSubscriptions1763761420000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE checkpoint_subscriptions (
        id uuid PRIMARY KEY,
        party_code text NOT NULL UNIQUE REFERENCES parties,
        traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test')),
        rhythm text NOT NULL CHECK (rhythm IN ('checkpoint', 'hour', 'day')),
        language text NOT NULL,
        -- Null, with the due time, once it is ended.
        address jsonb,
        subscribed_by uuid NOT NULL REFERENCES accounts,
        subscribed_at timestamptz NOT NULL,
        due_at timestamptz,
        -- The newest checkpoint that was sent; it only grows, so none is sent twice.
        sent_number integer CHECK (sent_number >= 1),
        CONSTRAINT checkpoint_subscriptions_run CHECK ((address IS NULL) = (due_at IS NULL))
      );
      CREATE INDEX checkpoint_subscriptions_due ON checkpoint_subscriptions (due_at) WHERE due_at IS NOT NULL;
      ALTER TABLE checkpoint_subscriptions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY by_administrator ON checkpoint_subscriptions TO aldis_api
        USING (${administers}) WITH CHECK (${administers} AND subscribed_by::text = app.actor());
      CREATE POLICY at_work ON checkpoint_subscriptions TO aldis_worker USING (app.at_work());
      GRANT SELECT, INSERT (id, party_code, traffic, rhythm, language, address, subscribed_by, subscribed_at, due_at),
        UPDATE (rhythm, language, address, subscribed_by, subscribed_at, due_at) ON checkpoint_subscriptions TO aldis_api;
      GRANT SELECT, UPDATE (due_at, sent_number) ON checkpoint_subscriptions TO aldis_worker;

      ALTER TABLE messages ADD COLUMN subscription_id uuid REFERENCES checkpoint_subscriptions,
        DROP CONSTRAINT messages_about,
        ADD CONSTRAINT messages_about ${aboutOne(after, 'tlp')};
      ALTER TABLE notices ADD COLUMN subscription_id uuid REFERENCES checkpoint_subscriptions,
        DROP CONSTRAINT notices_about,
        ADD CONSTRAINT notices_about ${aboutOne(after, 'point_of_contact_id')};
      -- An end takes back what has not left yet.
      CREATE POLICY of_subscription ON notices FOR SELECT TO aldis_api
        USING (subscription_id IS NOT NULL AND EXISTS (SELECT 1 FROM checkpoint_subscriptions s WHERE s.id = subscription_id));
      CREATE POLICY of_subscription_cancel ON notices FOR UPDATE TO aldis_api
        USING (subscription_id IS NOT NULL AND EXISTS (SELECT 1 FROM checkpoint_subscriptions s WHERE s.id = subscription_id))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP POLICY of_subscription_cancel ON notices; DROP POLICY of_subscription ON notices;
      ALTER TABLE messages NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE notices NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE attempts NO FORCE ROW LEVEL SECURITY;
      DELETE FROM attempts a USING notices n WHERE n.id = a.notice_id AND n.subscription_id IS NOT NULL;
      DELETE FROM notices WHERE subscription_id IS NOT NULL;
      DELETE FROM messages WHERE subscription_id IS NOT NULL;
      ALTER TABLE attempts FORCE ROW LEVEL SECURITY;
      ALTER TABLE messages FORCE ROW LEVEL SECURITY, DROP CONSTRAINT messages_about, DROP COLUMN subscription_id,
        ADD CONSTRAINT messages_about ${aboutOne(before, 'tlp')};
      ALTER TABLE notices FORCE ROW LEVEL SECURITY, DROP CONSTRAINT notices_about, DROP COLUMN subscription_id,
        ADD CONSTRAINT notices_about ${aboutOne(before, 'point_of_contact_id')};
      DROP TABLE checkpoint_subscriptions`);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

const traffic = `traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test'))`;

/** What a mail is about: a request with all that belongs to one, or one other thing of those named, and no request. */
const aboutOne = (others: string, ofRequest: string) => `CHECK (CASE num_nonnulls(${others})
  WHEN 0 THEN num_nulls(request_id, party_code, requester_code, ${ofRequest}) = 0
  WHEN 1 THEN num_nonnulls(request_id, addressee_id, requester_code, ${ofRequest}) = 0
  ELSE false END)`;

/** Announcements of the secretariat, who has read them, and their mails in the same outbox as all others. */
export class Announcements1763761400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE announcements (
        id uuid PRIMARY KEY,
        -- Whose it is: no party's.
        network_id uuid NOT NULL REFERENCES networks,
        ${traffic},
        audience text NOT NULL CHECK (audience IN ('administrators', 'everyone')),
        -- Title and texts.
        content jsonb NOT NULL,
        corrects uuid REFERENCES announcements,
        announced_by uuid NOT NULL REFERENCES accounts,
        announced_at timestamptz NOT NULL,
        by_mail boolean NOT NULL,
        -- The last account whose mail lies in the outbox, in the order of ids; and since when all do.
        mailed_up_to uuid,
        mailed_at timestamptz,
        -- The reason, and since when.
        withdrawal jsonb,
        withdrawn_by uuid REFERENCES accounts,
        withdrawn_at timestamptz,
        CONSTRAINT announcements_mailed CHECK (by_mail OR num_nonnulls(mailed_up_to, mailed_at) = 0),
        CONSTRAINT announcements_withdrawn CHECK (num_nulls(withdrawal, withdrawn_by, withdrawn_at) IN (0, 3))
      );
      CREATE INDEX announcements_to_mail ON announcements (id) WHERE by_mail AND mailed_at IS NULL AND withdrawn_at IS NULL;
      CREATE INDEX announcements_that_correct ON announcements (corrects) WHERE corrects IS NOT NULL;
      CREATE TABLE announcement_reads (
        announcement_id uuid NOT NULL REFERENCES announcements,
        account_id uuid NOT NULL REFERENCES accounts,
        party_code text REFERENCES parties,
        ${traffic},
        read_at timestamptz NOT NULL,
        PRIMARY KEY (announcement_id, account_id)
      );
      CREATE FUNCTION app.announced_to(audience text, role text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
        SELECT coalesce(role IN ('party-administrator', 'directory-manager', 'exercise-director', 'auditor')
          OR (audience = 'everyone' AND role IS NOT NULL), false) $$;`);
    await this.raiseWalls(runner);
    await this.letMailsAnnounce(runner);
  }

  private async raiseWalls(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE announcements ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      ALTER TABLE announcement_reads ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY announced ON announcements FOR SELECT TO aldis_api
        USING (app.in_network() AND app.announced_to(audience, (SELECT app.role())));
      CREATE POLICY by_secretariat ON announcements FOR INSERT TO aldis_api
        WITH CHECK (app.known() AND app.role() = 'directory-manager' AND announced_by::text = app.actor()
          AND num_nonnulls(mailed_up_to, mailed_at, withdrawn_at) = 0);
      CREATE POLICY by_secretariat_withdrawn ON announcements FOR UPDATE TO aldis_api
        USING (app.known() AND app.role() = 'directory-manager' AND withdrawn_at IS NULL)
        WITH CHECK (withdrawn_by::text = app.actor());
      CREATE POLICY at_work ON announcements TO aldis_worker USING (app.at_work());
      CREATE POLICY own ON announcement_reads FOR SELECT TO aldis_api
        USING (app.known() AND account_id::text = app.actor());
      CREATE POLICY own_append ON announcement_reads FOR INSERT TO aldis_api
        WITH CHECK (app.known() AND account_id::text = app.actor() AND party_code IS NOT DISTINCT FROM app.party()
          AND EXISTS (SELECT 1 FROM announcements a WHERE a.id = announcement_id));
      GRANT SELECT, INSERT, UPDATE (withdrawal, withdrawn_by, withdrawn_at) ON announcements TO aldis_api;
      GRANT SELECT, INSERT ON announcement_reads TO aldis_api;
      GRANT SELECT, UPDATE (mailed_up_to, mailed_at) ON announcements TO aldis_worker;

      -- Two numbers, and only where the secretariat itself asks: no row of it tells which State has read what.
      CREATE POLICY counted ON announcement_reads FOR SELECT TO CURRENT_USER
        USING (session_user <> current_user AND app.known() AND (SELECT app.role()) = 'directory-manager');
      CREATE FUNCTION app.announcement_readers(announcement uuid) RETURNS TABLE (accounts integer, parties integer)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
        SELECT count(*)::integer, count(DISTINCT r.party_code)::integer
        FROM public.announcement_reads r WHERE r.announcement_id = announcement $$;
      -- The worker has no right to accounts: it is told of those whose mail is next, as long as there is one to write.
      CREATE FUNCTION app.accounts_to_mail(announcement uuid, how_many integer)
        RETURNS TABLE (id uuid, party_code text, language text, person jsonb)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
        SELECT c.id, c.party_code, c.language, c.person
        FROM public.announcements a, public.accounts c
        WHERE a.id = announcement AND (a.mailed_up_to IS NULL OR c.id > a.mailed_up_to) AND c.created_at <= a.announced_at
          AND c.deactivated_at IS NULL AND app.announced_to(a.audience, c.role)
        ORDER BY c.id LIMIT how_many $$;
      CREATE POLICY to_mail ON announcements FOR SELECT TO CURRENT_USER
        USING (session_user <> current_user AND app.at_work() AND by_mail AND mailed_at IS NULL AND withdrawn_at IS NULL);
      REVOKE EXECUTE ON FUNCTION app.announcement_readers(uuid), app.accounts_to_mail(uuid, integer) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION app.announcement_readers(uuid) TO aldis_api;
      GRANT EXECUTE ON FUNCTION app.accounts_to_mail(uuid, integer) TO aldis_worker`);
  }

  /** A mail is about a request, an invitation or an announcement: the same outbox, the same way. */
  private async letMailsAnnounce(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE messages ADD COLUMN announcement_id uuid REFERENCES announcements,
        DROP CONSTRAINT messages_about,
        ADD CONSTRAINT messages_about ${aboutOne('invitation_id, emergency_access_id, announcement_id', 'tlp')};
      ALTER TABLE notices ADD COLUMN announcement_id uuid REFERENCES announcements,
        DROP CONSTRAINT notices_about,
        ADD CONSTRAINT notices_about ${aboutOne('invitation_id, emergency_access_id, announcement_id', 'point_of_contact_id')};
      CREATE INDEX notices_of_announcement ON notices (announcement_id) WHERE announcement_id IS NOT NULL AND settled_at IS NULL;
      -- A mail to the network's own staff is of no party, and its attempts are journalled like all others.
      ALTER TABLE journal_entries ALTER COLUMN party_code DROP NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Fails where the journal already has attempts of mails to the network's staff: nothing of it is taken away.
      ALTER TABLE journal_entries ALTER COLUMN party_code SET NOT NULL;
      ALTER TABLE messages NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE notices NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE attempts NO FORCE ROW LEVEL SECURITY;
      DELETE FROM attempts a USING notices n WHERE n.id = a.notice_id AND n.announcement_id IS NOT NULL;
      DELETE FROM notices WHERE announcement_id IS NOT NULL;
      DELETE FROM messages WHERE announcement_id IS NOT NULL;
      ALTER TABLE attempts FORCE ROW LEVEL SECURITY;
      ALTER TABLE messages FORCE ROW LEVEL SECURITY, DROP CONSTRAINT messages_about, DROP COLUMN announcement_id,
        ADD CONSTRAINT messages_about ${aboutOne('invitation_id, emergency_access_id', 'tlp')};
      ALTER TABLE notices FORCE ROW LEVEL SECURITY, DROP CONSTRAINT notices_about, DROP COLUMN announcement_id,
        ADD CONSTRAINT notices_about ${aboutOne('invitation_id, emergency_access_id', 'point_of_contact_id')};
      DROP FUNCTION app.accounts_to_mail(uuid, integer); DROP FUNCTION app.announcement_readers(uuid);
      DROP TABLE announcement_reads, announcements;
      DROP FUNCTION app.announced_to(text, text)`);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

const ofPoint = `
  id uuid PRIMARY KEY,
  point_of_contact_id uuid NOT NULL REFERENCES points_of_contact,
  party_code text NOT NULL REFERENCES parties,
  traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test'))`;
const ofOwnPoint = (
  table: string,
) => `app.keeps_entries(party_code) AND EXISTS (SELECT 1 FROM points_of_contact p
  WHERE p.id = point_of_contact_id AND p.party_code = ${table}.party_code AND p.state <> 'retired')`;
const refuse = (message: string) => `RAISE EXCEPTION '${message}' USING ERRCODE = 'insufficient_privilege'`;

/**
 * The life of an entry: notes verbales by which a party's authority names and removes it, the call back before it is
 * verified, and changes of the ways to reach it, which one person proposes and another confirms. The database holds
 * all of that, whatever a statement says.
 */
export class EntryLife1763763000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.makeTables(runner);
    await this.holdChanges(runner);
    await this.holdEntries(runner);
    await this.raiseWalls(runner);
  }

  private async makeTables(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE notes_verbales (
        ${ofPoint},
        purpose text NOT NULL CHECK (purpose IN ('nomination', 'removal')),
        dated_on date NOT NULL,
        -- Reference and authority, and what the file is: sealed.
        content jsonb NOT NULL,
        -- The file itself, sealed. A nomination has one.
        file jsonb,
        given_by uuid NOT NULL REFERENCES accounts,
        given_at timestamptz NOT NULL,
        CONSTRAINT notes_verbales_filed CHECK (purpose <> 'nomination' OR file IS NOT NULL)
      );
      CREATE INDEX notes_verbales_of_point ON notes_verbales (point_of_contact_id, given_at DESC);

      -- That somebody called the nominee, on a number that did not come with the nomination.
      CREATE TABLE call_backs (
        ${ofPoint},
        note_id uuid NOT NULL REFERENCES notes_verbales,
        called_at timestamptz NOT NULL,
        -- Who called, which number, and how it was found: sealed.
        content jsonb NOT NULL,
        recorded_by uuid NOT NULL REFERENCES accounts,
        recorded_at timestamptz NOT NULL,
        CONSTRAINT call_backs_past CHECK (called_at <= recorded_at)
      );
      CREATE INDEX call_backs_of_point ON call_backs (point_of_contact_id, recorded_at DESC);

      CREATE TABLE entry_changes (
        ${ofPoint},
        kind text NOT NULL CHECK (kind IN
          ('add-channel', 'end-channel', 'replace-channel', 'retire', 'add-key', 'replace-key')),
        -- The channel that ends, and the id of the one that comes.
        channel_id uuid REFERENCES channels,
        new_channel_id uuid UNIQUE,
        note_id uuid REFERENCES notes_verbales,
        -- The entry as it was when this was proposed.
        entry_version integer NOT NULL,
        -- The new channel and the reason: sealed.
        content jsonb NOT NULL,
        state text NOT NULL CHECK (state IN ('asked', 'confirmed', 'declined', 'withdrawn')),
        proposed_by uuid NOT NULL REFERENCES accounts,
        proposed_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        decided_by uuid REFERENCES accounts,
        decided_at timestamptz,
        -- When it took effect: of a replacement, when the new channel was proven.
        done_at timestamptz,
        CONSTRAINT entry_changes_decided CHECK (num_nonnulls(decided_by, decided_at) = CASE state WHEN 'asked' THEN 0 ELSE 2 END),
        CONSTRAINT entry_changes_two_people CHECK (CASE state WHEN 'asked' THEN true
          WHEN 'withdrawn' THEN decided_by = proposed_by ELSE decided_by <> proposed_by END),
        CONSTRAINT entry_changes_done CHECK (done_at IS NULL OR state = 'confirmed'),
        CONSTRAINT entry_changes_about CHECK (CASE kind
          WHEN 'add-channel' THEN channel_id IS NULL AND new_channel_id IS NOT NULL AND note_id IS NULL
          WHEN 'end-channel' THEN channel_id IS NOT NULL AND new_channel_id IS NULL AND note_id IS NULL
          WHEN 'replace-channel' THEN channel_id IS NOT NULL AND new_channel_id IS NOT NULL AND note_id IS NULL
          WHEN 'retire' THEN num_nonnulls(channel_id, new_channel_id) = 0 AND note_id IS NOT NULL
          ELSE true END)
      );
      CREATE INDEX entry_changes_of_point ON entry_changes (point_of_contact_id, proposed_at DESC);
      CREATE INDEX entry_changes_of_party ON entry_changes (party_code, proposed_at DESC)`);
  }

  private async holdChanges(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Who proposes and who decides is what the walls know. A change is decided once, while it fits.
      CREATE FUNCTION app.decide_entry_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF current_user <> 'aldis_api' THEN RETURN NEW; END IF;
          IF TG_OP = 'INSERT' THEN
            NEW.state := 'asked';
            NEW.proposed_by := app.account();
            RETURN NEW;
          END IF;
          IF OLD.state <> 'asked' THEN
            ${refuse('a change is decided once')};
          END IF;
          NEW.decided_by := app.account();
          NEW.decided_at := app.now();
          IF NEW.kind <> 'replace-channel' AND NEW.state = 'confirmed' THEN NEW.done_at := NEW.decided_at; END IF;
          IF NEW.state = 'confirmed' AND (NEW.expires_at <= app.now()
            OR NOT EXISTS (SELECT 1 FROM public.accounts a WHERE a.id = NEW.proposed_by AND a.deactivated_at IS NULL)
            OR NOT EXISTS (SELECT 1 FROM public.points_of_contact p WHERE p.id = NEW.point_of_contact_id
              AND p.state <> 'retired' AND (NEW.kind <> 'retire' OR p.version = NEW.entry_version))
            OR EXISTS (SELECT 1 FROM public.channels c WHERE c.id = NEW.channel_id AND c.state = 'ended'))
          THEN
            ${refuse('the change does not fit any more')};
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER entry_changes_are_decided BEFORE INSERT OR UPDATE ON entry_changes
        FOR EACH ROW EXECUTE FUNCTION app.decide_entry_change();

      -- A replacement takes effect when the new channel is proven, whoever proved it and how: it takes the old one's place.
      CREATE FUNCTION app.replace_channel() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp
        AS $$
        DECLARE old_id uuid; place integer;
        BEGIN
          UPDATE public.entry_changes SET done_at = app.now()
          WHERE new_channel_id = NEW.id AND kind = 'replace-channel' AND state = 'confirmed' AND done_at IS NULL
          RETURNING channel_id INTO old_id;
          UPDATE public.channels SET state = 'ended', ended_at = app.now(), version = version + 1
          WHERE id = old_id AND state <> 'ended' RETURNING position INTO place;
          IF place IS NOT NULL THEN UPDATE public.channels SET position = place WHERE id = NEW.id; END IF;
          RETURN NULL;
        END $$;
      REVOKE ALL ON FUNCTION app.replace_channel() FROM PUBLIC;
      CREATE TRIGGER channels_replace AFTER UPDATE ON channels FOR EACH ROW
        WHEN (NEW.state = 'proven' AND OLD.state <> 'proven') EXECUTE FUNCTION app.replace_channel()`);
  }

  private async holdEntries(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The ways to reach an entry that others rely on change by two people. Nobody relies on one that is only nominated.
      CREATE FUNCTION app.demand_two_for_channels() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE entry_state text;
        BEGIN
          IF current_user <> 'aldis_api' THEN RETURN NEW; END IF;
          IF TG_OP = 'UPDATE' AND NEW.state <> OLD.state
            AND (OLD.state = 'ended' OR (NEW.state = 'unproven' AND OLD.state <> 'unproven')) THEN
            ${refuse('a channel ends for good, and is proven once')};
          END IF;
          IF TG_OP = 'UPDATE' AND (NEW.state <> 'ended' OR OLD.state NOT IN ('proven', 'suspect')) THEN RETURN NEW; END IF;
          SELECT p.state INTO entry_state FROM public.points_of_contact p WHERE p.id = NEW.point_of_contact_id;
          IF entry_state = 'nominated' OR (TG_OP = 'UPDATE' AND entry_state = 'retired') THEN RETURN NEW; END IF;
          IF NOT EXISTS (SELECT 1 FROM public.entry_changes c WHERE c.point_of_contact_id = NEW.point_of_contact_id
            AND c.state = 'confirmed' AND c.decided_by = app.account()
            AND CASE TG_OP WHEN 'INSERT' THEN c.new_channel_id = NEW.id ELSE c.kind = 'end-channel' AND c.channel_id = NEW.id END)
          THEN
            ${refuse('a second person confirms this change first')};
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER channels_by_two BEFORE INSERT OR UPDATE ON channels
        FOR EACH ROW EXECUTE FUNCTION app.demand_two_for_channels();

      -- Verified after a call back on the note verbale; removed, once others rely on it, by a note and a second person.
      CREATE FUNCTION app.demand_note_and_call() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF current_user <> 'aldis_api' OR NEW.state = OLD.state THEN RETURN NEW; END IF;
          IF OLD.state = 'retired' OR NEW.state = 'nominated' THEN
            ${refuse('an entry begins once and ends for good')};
          END IF;
          IF OLD.state = 'nominated' AND NEW.state <> 'retired' AND NOT EXISTS (
            SELECT 1 FROM public.call_backs b JOIN public.notes_verbales n ON n.id = b.note_id
            WHERE b.point_of_contact_id = NEW.id AND b.recorded_by = app.account()
              AND n.point_of_contact_id = NEW.id AND n.purpose = 'nomination')
          THEN
            ${refuse('an entry is verified by a note verbale and a call back')};
          END IF;
          IF OLD.state <> 'nominated' AND NEW.state = 'retired' AND NOT EXISTS (
            SELECT 1 FROM public.entry_changes c WHERE c.point_of_contact_id = NEW.id AND c.kind = 'retire'
              AND c.state = 'confirmed' AND c.decided_by = app.account() AND c.entry_version = OLD.version)
          THEN
            ${refuse('an entry is removed by a note verbale and a second person')};
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER points_of_contact_noted BEFORE UPDATE ON points_of_contact
        FOR EACH ROW EXECUTE FUNCTION app.demand_note_and_call()`);
  }

  private async raiseWalls(runner: QueryRunner): Promise<void> {
    for (const table of ['notes_verbales', 'call_backs', 'entry_changes'])
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
        CREATE POLICY by_administrator_seen ON ${table} FOR SELECT TO aldis_api USING (app.keeps_entries(party_code));
        GRANT SELECT, INSERT ON ${table} TO aldis_api`);
    await runner.query(`
      -- The secretariat receives the notes with which parties name and remove their points of contact.
      CREATE POLICY by_manager_seen ON notes_verbales FOR SELECT TO aldis_api USING (app.keeps_networks());
      CREATE POLICY by_administrator ON notes_verbales FOR INSERT TO aldis_api
        WITH CHECK (${ofOwnPoint('notes_verbales')} AND given_by = app.account());
      CREATE POLICY by_administrator ON call_backs FOR INSERT TO aldis_api
        WITH CHECK (${ofOwnPoint('call_backs')} AND recorded_by = app.account() AND EXISTS (SELECT 1 FROM notes_verbales n
          WHERE n.id = note_id AND n.point_of_contact_id = call_backs.point_of_contact_id AND n.purpose = 'nomination'));
      CREATE POLICY by_administrator ON entry_changes FOR INSERT TO aldis_api
        WITH CHECK (${ofOwnPoint('entry_changes')}
          AND (channel_id IS NULL OR EXISTS (SELECT 1 FROM channels c
            WHERE c.id = channel_id AND c.point_of_contact_id = entry_changes.point_of_contact_id))
          AND (note_id IS NULL OR EXISTS (SELECT 1 FROM notes_verbales n
            WHERE n.id = note_id AND n.point_of_contact_id = entry_changes.point_of_contact_id AND n.purpose = 'removal')));
      CREATE POLICY by_administrator_decided ON entry_changes FOR UPDATE TO aldis_api
        USING (app.keeps_entries(party_code)) WITH CHECK (app.keeps_entries(party_code));
      CREATE POLICY by_functions ON entry_changes FOR SELECT TO CURRENT_USER USING (app.known());
      CREATE POLICY by_functions_done ON entry_changes FOR UPDATE TO CURRENT_USER USING (app.known());
      GRANT UPDATE (state) ON entry_changes TO aldis_api;
      SELECT app.let_owner_keep()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER points_of_contact_noted ON points_of_contact;
      DROP TRIGGER channels_by_two ON channels; DROP TRIGGER channels_replace ON channels;
      DROP TABLE entry_changes, call_backs, notes_verbales;
      DROP FUNCTION app.demand_note_and_call(), app.demand_two_for_channels(), app.replace_channel(), app.decide_entry_change()`);
  }
}

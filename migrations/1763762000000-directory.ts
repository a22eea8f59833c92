import type { MigrationInterface, QueryRunner } from 'typeorm';

const ofParty = `
  party_code text NOT NULL REFERENCES parties,
  traffic text NOT NULL CHECK (traffic IN ('actual', 'exercise', 'test'))`;
const states = `kind IN ('member-state', 'observer-state', 'fictional-state')`;

/**
 * The directory in full (A/76/135, 76 and 77): observers and organizations beside Member States, what bodies are and
 * whom they serve, the life of a point of contact, channels of all kinds, their keys and the checks of them, networks.
 */
export class Directory1763762000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE parties
        DROP CONSTRAINT parties_kind_check,
        ADD CONSTRAINT parties_kind_check CHECK (kind IN
          ('member-state', 'observer-state', 'fictional-state', 'regional-organization', 'other')),
        DROP CONSTRAINT parties_code_check,
        ADD CONSTRAINT parties_code_check CHECK (
          CASE WHEN ${states} THEN code ~ '^[A-Z]{2}$' ELSE code ~ '^[A-Z][A-Z0-9]{2,11}$' END),
        ALTER COLUMN alpha3 DROP NOT NULL,
        ADD CONSTRAINT parties_alpha3 CHECK ((${states}) = (alpha3 IS NOT NULL)),
        ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (version >= 1);

      ALTER TABLE bodies
        DROP CONSTRAINT bodies_kind_check,
        ADD CONSTRAINT bodies_kind_check CHECK (kind IN ('ministry', 'agency', 'cert', 'regulator', 'law-enforcement',
          'prosecution', 'armed-forces', 'secretariat', 'other')),
        ADD COLUMN state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'retired')),
        -- What "organization" means where this body reads TLP:AMBER.
        ADD COLUMN sharing_boundary text NOT NULL DEFAULT 'body'
          CHECK (sharing_boundary IN ('body', 'government', 'government-and-constituents')),
        ADD COLUMN profile jsonb NOT NULL DEFAULT '{}',
        ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (version >= 1);

      -- Whom a body answers for. A range is an address block, an ASN a number, the rest is text.
      CREATE TABLE constituencies (
        id uuid PRIMARY KEY,
        body_id uuid NOT NULL REFERENCES bodies,
        ${ofParty},
        kind text NOT NULL CHECK (kind IN ('type', 'asn', 'range', 'domain', 'sector', 'country')),
        value text NOT NULL,
        asn bigint CHECK (asn BETWEEN 0 AND 4294967295),
        range cidr,
        CONSTRAINT constituencies_once UNIQUE (body_id, kind, value),
        CONSTRAINT constituencies_typed CHECK ((kind = 'asn') = (asn IS NOT NULL) AND (kind = 'range') = (range IS NOT NULL))
      );
      CREATE INDEX constituencies_by_range ON constituencies USING gist (range inet_ops) WHERE range IS NOT NULL;
      CREATE INDEX constituencies_by_asn ON constituencies (asn) WHERE asn IS NOT NULL;
      CREATE INDEX constituencies_by_value ON constituencies (kind, value);

      ALTER TABLE points_of_contact
        DROP CONSTRAINT points_of_contact_level_check,
        ADD CONSTRAINT points_of_contact_level_check CHECK (level IN ('policy', 'diplomatic', 'technical', 'law-enforcement-liaison')),
        DROP CONSTRAINT points_of_contact_order,
        ADD COLUMN state text NOT NULL DEFAULT 'active'
          CHECK (state IN ('nominated', 'verified', 'active', 'stale', 'suspended', 'retired')),
        -- Who holds the role, if that is told: name and title, sealed.
        ADD COLUMN person jsonb,
        ADD COLUMN expected_roles text[] NOT NULL DEFAULT '{}',
        ADD COLUMN coordination text[] NOT NULL DEFAULT '{}',
        ADD COLUMN readiness jsonb NOT NULL DEFAULT '{}',
        ADD COLUMN note jsonb,
        ADD COLUMN duty jsonb NOT NULL DEFAULT '{}',
        ADD COLUMN created_at timestamptz NOT NULL DEFAULT app.now(),
        ADD COLUMN changed_at timestamptz NOT NULL DEFAULT app.now(),
        ADD COLUMN verified_at timestamptz,
        -- When the party last said that the entry is right, and when it last went through all of it.
        ADD COLUMN confirmed_at timestamptz,
        ADD COLUMN confirmed_hard_at timestamptz,
        ADD COLUMN ended_at timestamptz,
        ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (version >= 1),
        ADD CONSTRAINT points_of_contact_ended CHECK ((state = 'retired') = (ended_at IS NOT NULL));
      ALTER TABLE points_of_contact ALTER COLUMN state DROP DEFAULT;
      CREATE UNIQUE INDEX points_of_contact_order ON points_of_contact (party_code, level, position) WHERE state <> 'retired';

      ALTER TABLE channels
        DROP CONSTRAINT channels_kind_check,
        ADD CONSTRAINT channels_kind_check CHECK (kind IN
          ('mail', 'telephone', 'emergency-telephone', 'messenger', 'fax', 'webhook', 'gateway')),
        DROP CONSTRAINT channels_order,
        ADD COLUMN purpose text NOT NULL DEFAULT 'any' CHECK (purpose IN ('any', 'urgent', 'routine', 'exercise')),
        ADD COLUMN state text NOT NULL DEFAULT 'proven' CHECK (state IN ('unproven', 'proven', 'suspect', 'ended')),
        ADD COLUMN encryption text NOT NULL DEFAULT 'none' CHECK (encryption IN ('none', 'wanted', 'required')),
        ADD COLUMN expires_on date,
        ADD COLUMN created_at timestamptz NOT NULL DEFAULT app.now(),
        ADD COLUMN proven_at timestamptz,
        -- When a person last answered on it, and how that was seen.
        ADD COLUMN answered_at timestamptz,
        ADD COLUMN answered_how text,
        ADD COLUMN suspect_since timestamptz,
        ADD COLUMN ended_at timestamptz,
        ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (version >= 1),
        ADD CONSTRAINT channels_answered CHECK ((answered_at IS NULL) = (answered_how IS NULL)),
        ADD CONSTRAINT channels_suspect CHECK (state <> 'suspect' OR suspect_since IS NOT NULL),
        ADD CONSTRAINT channels_ended CHECK ((state = 'ended') = (ended_at IS NOT NULL));
      ALTER TABLE channels ALTER COLUMN state DROP DEFAULT;
      CREATE UNIQUE INDEX channels_order ON channels (point_of_contact_id, position) WHERE state <> 'ended';

      -- What was tried on a channel and what came of it: only ever grows.
      CREATE TABLE channel_checks (
        id uuid PRIMARY KEY,
        channel_id uuid NOT NULL REFERENCES channels,
        ${ofParty},
        kind text NOT NULL CHECK (kind IN ('proof', 'confirmation', 'call', 'acknowledgement', 'ping', 'delivery', 'report')),
        outcome text NOT NULL CHECK (outcome IN ('answered', 'no-answer', 'failed', 'wrong-contact')),
        -- The notice, call task or report that it was seen by.
        evidence_id uuid,
        at timestamptz NOT NULL
      );
      CREATE INDEX channel_checks_of_channel ON channel_checks (channel_id, at DESC);
      CREATE TRIGGER channel_checks_only_grow BEFORE UPDATE OR DELETE ON channel_checks
        FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
      CREATE TRIGGER channel_checks_are_kept BEFORE TRUNCATE ON channel_checks
        FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();

      ALTER TABLE networks
        ADD COLUMN levels_required text[] NOT NULL DEFAULT '{technical,diplomatic}',
        -- Which fields members see of one another's entries; what is not named, they see.
        ADD COLUMN visibility jsonb NOT NULL DEFAULT '{}',
        ADD COLUMN rules jsonb NOT NULL DEFAULT '{}',
        ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (version >= 1);
      CREATE TABLE memberships (
        network_id uuid NOT NULL REFERENCES networks,
        party_code text NOT NULL REFERENCES parties,
        joined_at timestamptz NOT NULL,
        left_at timestamptz,
        PRIMARY KEY (network_id, party_code)
      );
      CREATE INDEX memberships_of_party ON memberships (party_code) WHERE left_at IS NULL;
    `);
    await this.raiseWalls(runner);
  }

  private async raiseWalls(runner: QueryRunner): Promise<void> {
    for (const table of ['constituencies', 'channel_checks', 'memberships'])
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
        CREATE POLICY owner_keeps ON ${table} TO CURRENT_USER USING (true) WITH CHECK (true);
        CREATE POLICY in_network ON ${table} FOR SELECT TO aldis_api USING (app.in_network());
        CREATE POLICY at_work ON ${table} FOR SELECT TO aldis_worker USING (app.at_work());
        GRANT SELECT ON ${table} TO aldis_api, aldis_worker`);
    await runner.query(`
      -- A party's entries are written by its administrators alone: the secretariat keeps the list of parties.
      CREATE FUNCTION app.keeps_entries(party text) RETURNS boolean LANGUAGE sql STABLE
        AS $$ SELECT app.known() AND party = app.party() AND app.role() = 'party-administrator' $$;
      CREATE FUNCTION app.keeps_networks() RETURNS boolean LANGUAGE sql STABLE
        AS $$ SELECT app.known() AND app.role() = 'directory-manager' $$;`);
    for (const table of ['points_of_contact', 'channels', 'constituencies'])
      await runner.query(`
        CREATE POLICY by_administrator ON ${table} FOR INSERT TO aldis_api WITH CHECK (app.keeps_entries(party_code));
        CREATE POLICY by_administrator_changed ON ${table} FOR UPDATE TO aldis_api
          USING (app.keeps_entries(party_code)) WITH CHECK (app.keeps_entries(party_code))`);
    await runner.query(`
      CREATE POLICY by_administrator_changed ON bodies FOR UPDATE TO aldis_api
        USING (app.keeps_entries(party_code)) WITH CHECK (app.keeps_entries(party_code));
      CREATE POLICY by_administrator_removed ON constituencies FOR DELETE TO aldis_api USING (app.keeps_entries(party_code));
      CREATE POLICY by_administrator ON channel_checks FOR INSERT TO aldis_api WITH CHECK (app.keeps_entries(party_code));
      CREATE POLICY by_manager ON parties FOR INSERT TO aldis_api
        WITH CHECK (app.keeps_networks() AND kind NOT IN ('member-state', 'fictional-state'));
      CREATE POLICY by_manager_changed ON parties FOR UPDATE TO aldis_api USING (app.keeps_networks());
      CREATE POLICY by_manager ON memberships FOR INSERT TO aldis_api WITH CHECK (app.keeps_networks());
      CREATE POLICY by_manager_changed ON memberships FOR UPDATE TO aldis_api USING (app.keeps_networks());

      GRANT INSERT ON points_of_contact, channels, constituencies, channel_checks, memberships, parties TO aldis_api;
      GRANT UPDATE (names, regional_group, version) ON parties TO aldis_api;
      GRANT UPDATE (names, kind, state, sharing_boundary, profile, version) ON bodies TO aldis_api;
      GRANT UPDATE (body_id, position, role_names, languages, zone, state, person, expected_roles, coordination, readiness,
        note, duty, changed_at, verified_at, confirmed_at, confirmed_hard_at, ended_at, version) ON points_of_contact TO aldis_api;
      GRANT UPDATE (position, purpose, state, encryption, expires_on, proven_at, answered_at, answered_how, suspect_since,
        ended_at, version) ON channels TO aldis_api;
      GRANT UPDATE (left_at, joined_at) ON memberships TO aldis_api;
      GRANT DELETE ON constituencies TO aldis_api;
      SELECT app.let_owner_keep()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP POLICY by_administrator_changed ON bodies;
      DROP POLICY by_manager ON parties; DROP POLICY by_manager_changed ON parties;
      DROP POLICY by_administrator ON points_of_contact; DROP POLICY by_administrator_changed ON points_of_contact;
      DROP POLICY by_administrator ON channels; DROP POLICY by_administrator_changed ON channels;
      REVOKE INSERT ON points_of_contact, channels, parties FROM aldis_api;
      REVOKE UPDATE ON parties, bodies, points_of_contact, channels FROM aldis_api;
      DROP TABLE memberships, channel_checks, constituencies;
      DROP FUNCTION app.keeps_entries(text), app.keeps_networks();
      ALTER TABLE networks DROP COLUMN levels_required, DROP COLUMN visibility, DROP COLUMN rules, DROP COLUMN version;
      DROP INDEX channels_order;
      ALTER TABLE channels DROP CONSTRAINT channels_answered, DROP CONSTRAINT channels_suspect, DROP CONSTRAINT channels_ended,
        DROP COLUMN purpose, DROP COLUMN state, DROP COLUMN encryption, DROP COLUMN expires_on, DROP COLUMN created_at,
        DROP COLUMN proven_at, DROP COLUMN answered_at, DROP COLUMN answered_how, DROP COLUMN suspect_since,
        DROP COLUMN ended_at, DROP COLUMN version, ADD CONSTRAINT channels_order UNIQUE (point_of_contact_id, position),
        DROP CONSTRAINT channels_kind_check, ADD CONSTRAINT channels_kind_check CHECK (kind IN ('mail'));
      DROP INDEX points_of_contact_order;
      ALTER TABLE points_of_contact DROP CONSTRAINT points_of_contact_ended, DROP COLUMN state, DROP COLUMN person,
        DROP COLUMN expected_roles, DROP COLUMN coordination, DROP COLUMN readiness, DROP COLUMN note, DROP COLUMN duty,
        DROP COLUMN created_at, DROP COLUMN changed_at, DROP COLUMN verified_at, DROP COLUMN confirmed_at,
        DROP COLUMN confirmed_hard_at, DROP COLUMN ended_at, DROP COLUMN version,
        ADD CONSTRAINT points_of_contact_order UNIQUE (party_code, level, position),
        DROP CONSTRAINT points_of_contact_level_check,
        ADD CONSTRAINT points_of_contact_level_check CHECK (level IN ('policy', 'diplomatic', 'technical'));
      ALTER TABLE bodies DROP COLUMN state, DROP COLUMN sharing_boundary, DROP COLUMN profile, DROP COLUMN version,
        DROP CONSTRAINT bodies_kind_check, ADD CONSTRAINT bodies_kind_check CHECK (kind IN ('ministry', 'agency', 'cert'));
      ALTER TABLE parties DROP COLUMN version, DROP CONSTRAINT parties_alpha3, ALTER COLUMN alpha3 SET NOT NULL,
        DROP CONSTRAINT parties_code_check, ADD CONSTRAINT parties_code_check CHECK (code ~ '^[A-Z]{2}$'),
        DROP CONSTRAINT parties_kind_check, ADD CONSTRAINT parties_kind_check CHECK (kind IN ('member-state', 'fictional-state'))`);
  }
}

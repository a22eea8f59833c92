import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the owner touches beside the account itself and its invitation, when a person is erased. */
const touched: Readonly<Record<string, readonly string[]>> = {
  messages: ['SELECT', 'UPDATE'],
  emergency_access: ['SELECT', 'UPDATE'],
  totp_secrets: ['SELECT', 'DELETE'],
  recovery_codes: ['SELECT', 'DELETE'],
  passkeys: ['SELECT', 'DELETE'],
  api_tokens: ['SELECT', 'DELETE'],
  sessions: ['SELECT', 'DELETE'],
  access_events: ['INSERT'],
};
const each = (make: (table: string, command: string) => string) =>
  Object.entries(touched)
    .flatMap(([table, commands]) => commands.map((command) => make(table, command)))
    .join('\n');

/** Accounts that have ended lose what tells who it was. The row stays: the record names it by its id. */
export class ErasedAccounts1763761610000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE accounts ADD COLUMN erased_at timestamptz,
        ADD CONSTRAINT accounts_erased CHECK (erased_at IS NULL OR deactivated_at IS NOT NULL);
      ${each(
        (table, command) =>
          `CREATE POLICY owner_erases_${command.toLowerCase()} ON ${table} FOR ${command} TO CURRENT_USER
            ${command === 'INSERT' ? 'WITH CHECK' : 'USING'} (app.erasing());`,
      )}

      -- Stands where a sealed value was: no key opens it.
      CREATE FUNCTION app.nothing_sealed() RETURNS jsonb LANGUAGE sql IMMUTABLE
        AS $$ SELECT jsonb_build_object('alg', 'A256GCM', 'key_id', 'erased', 'ciphertext', repeat('A', 56)) $$;
      CREATE FUNCTION app.erase_person(account uuid) RETURNS boolean LANGUAGE plpgsql AS $$
        DECLARE
          a record;
          at timestamptz := app.now();
        BEGIN
          SELECT id, party_code, traffic INTO a FROM public.accounts
            WHERE id = account AND deactivated_at IS NOT NULL AND erased_at IS NULL FOR UPDATE;
          IF NOT FOUND THEN RETURN false; END IF;
          UPDATE public.accounts SET erased_at = at, person = app.nothing_sealed(), password_hash = 'erased',
            sign_in_token = 'erased:' || id WHERE id = account;
          UPDATE public.messages m SET body = app.nothing_sealed() FROM public.invitations i
            WHERE m.invitation_id = i.id AND i.account_id = account;
          UPDATE public.notices n SET recipient = app.nothing_sealed() FROM public.invitations i
            WHERE n.invitation_id = i.id AND i.account_id = account;
          UPDATE public.messages m SET body = app.nothing_sealed() FROM public.emergency_access e
            WHERE m.emergency_access_id = e.id AND e.account_id = account;
          UPDATE public.notices n SET recipient = app.nothing_sealed() FROM public.emergency_access e
            WHERE n.emergency_access_id = e.id AND e.account_id = account;
          UPDATE public.emergency_access SET reason = app.nothing_sealed() WHERE account_id = account;
          -- The answer to whoever ended the account holds name and address.
          DELETE FROM public.idempotent_answers WHERE created_at < at - interval '7 days';
          UPDATE public.invitations SET person = app.nothing_sealed() WHERE account_id = account;
          DELETE FROM public.totp_secrets WHERE account_id = account;
          DELETE FROM public.recovery_codes WHERE account_id = account;
          DELETE FROM public.passkeys WHERE account_id = account;
          DELETE FROM public.api_tokens WHERE account_id = account;
          DELETE FROM public.sessions WHERE account_id = account;
          INSERT INTO public.access_events (id, account_id, party_code, traffic, act, assurance, at, about)
            VALUES (gen_random_uuid(), account, a.party_code, a.traffic, 'account-erased', 'system', at, account);
          RETURN true;
        END $$;
      CREATE FUNCTION app.accounts_due() RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
        SELECT a.id FROM public.accounts a, public.instance i
        WHERE a.erased_at IS NULL AND app.kept_until(i.network_id, a.deactivated_at, false) <= app.now() ORDER BY a.id LIMIT 200 $$;
      CREATE FUNCTION app.erase_accounts(counted_only boolean) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = app, pg_temp AS $$
        BEGIN
          IF NOT app.at_work() THEN RETURN 0; END IF;
          IF counted_only THEN RETURN (SELECT count(*) FROM app.accounts_due()); END IF;
          RETURN (SELECT count(*) FROM app.accounts_due() d (id) WHERE app.erase_person(d.id));
        END $$;
      -- Under an order the term is not waited for, but the seven days for which answers are kept for repeats: they are copies.
      CREATE FUNCTION app.erase_account(account uuid) RETURNS boolean LANGUAGE sql
        AS $$ SELECT app.kept_for('erase') AND EXISTS (SELECT 1 FROM public.accounts a
            WHERE a.id = account AND a.deactivated_at < app.now() - interval '7 days') AND app.erase_person(account) $$;

      -- Whom an announcement went to by mail is linked to no account: addresses are forgotten by their age.
      CREATE INDEX notices_announced ON notices (settled_at)
        WHERE announcement_id IS NOT NULL AND recipient ->> 'key_id' <> 'erased';
      CREATE FUNCTION app.forget_announced() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
        DECLARE forgotten integer;
        BEGIN
          IF NOT app.at_work() THEN RETURN 0; END IF;
          UPDATE public.notices SET recipient = app.nothing_sealed() WHERE announcement_id IS NOT NULL
            AND recipient ->> 'key_id' <> 'erased' AND settled_at < app.now() - interval '30 days';
          GET DIAGNOSTICS forgotten = ROW_COUNT;
          RETURN forgotten;
        END $$;
      REVOKE EXECUTE ON FUNCTION app.erase_person(uuid), app.accounts_due(), app.erase_accounts(boolean), app.erase_account(uuid),
        app.forget_announced() FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION app.erase_accounts(boolean), app.forget_announced() TO aldis_worker`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX notices_announced;
      DROP FUNCTION app.forget_announced(), app.erase_account(uuid), app.erase_accounts(boolean), app.accounts_due(), app.erase_person(uuid),
        app.nothing_sealed();
      ${each((table, command) => `DROP POLICY owner_erases_${command.toLowerCase()} ON ${table};`)}
      ALTER TABLE accounts DROP CONSTRAINT accounts_erased, DROP COLUMN erased_at`);
  }
}

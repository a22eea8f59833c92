import type { MigrationInterface, QueryRunner } from 'typeorm';

const theirs = (rest: string) =>
  `party_code = app.party() AND requester_code = app.asked_by(request_id) AND ${rest}`;
const ofRequest = 'requester_code = app.asked_by(request_id)';
const own = 'app.own_line(addressee_id, request_id)';
const concerned = (rest: string) => `app.concerns(request_id) AND (${rest} OR requester_code = app.party())`;

/** Beside a line, written by its own party when it is handed over: about a line of that party and request alone. */
const besideLines = ['clocks', 'messages', 'notices', 'ack_links'];

/**
 * The walls around handing a request over: the body that holds a line acts on it and hands it on, and nobody else of
 * its State does, nor the requester.
 */
export class HandOverWalls1763760500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE request_members ADD CONSTRAINT request_members_body
        FOREIGN KEY (body_id, party_code) REFERENCES bodies (id, party_code);

      -- Asked as the caller: the walls around lines leave it those of its own party. Volatile, so that a statement
      -- which waited for a lock looks anew, and finds that the line was handed over meanwhile.
      CREATE FUNCTION app.holds(line uuid) RETURNS boolean LANGUAGE sql VOLATILE AS $$
        SELECT app.known() AND EXISTS (SELECT 1 FROM public.addressees a
          WHERE a.id = line AND a.party_code = app.party() AND (a.body_id IS NULL OR a.body_id = app.body())
            AND NOT EXISTS (SELECT 1 FROM public.addressees f WHERE f.follows = a.id)) $$;
      CREATE FUNCTION app.hands_over(line uuid) RETURNS boolean LANGUAGE sql VOLATILE AS $$
        SELECT app.holds(line) AND EXISTS (SELECT 1 FROM public.addressees a
          WHERE a.id = line AND a.state = 'redirected') $$;
      CREATE FUNCTION app.own_line(line uuid, request uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT app.known() AND EXISTS (SELECT 1 FROM public.addressees a
          WHERE a.id = line AND a.request_id = request AND a.party_code = app.party()) $$;

      -- A body of the requester that was given a copy admits nobody.
      ALTER POLICY within_party ON request_members
        WITH CHECK (party_code = app.party() AND app.asked_by(request_id) <> app.party());

      -- A line that follows begins like any other, for another body, by the hand that redirected the one before.
      ALTER POLICY within_party ON addressees
        WITH CHECK (${theirs(`app.hands_over(follows) AND body_id <> app.body() AND state = 'sent' AND reach = 'none'
          AND num_nonnulls(accepted_at, acknowledged_at, acknowledged_by, withdrawn_at, answer, answered_at, question_at,
            taken_by, ended_at) = 0`)});
      ALTER POLICY by_requester ON addressees
        WITH CHECK (requester_code = app.party() AND app.asked_by(request_id) = app.party() AND follows IS NULL);
      ALTER POLICY own_line_change ON addressees
        USING (${concerned('party_code = app.party() AND app.holds(id)')});

      -- Timers are ended with the line's own change, after which it may no longer be held.
      ALTER POLICY own_line ON timers WITH CHECK (${concerned(`party_code = app.party() AND ${own}`)})`);
    for (const table of besideLines)
      await runner.query(`ALTER POLICY within_party ON ${table} WITH CHECK (${theirs(own)})`);
    // An event of another's line would stand in the chain of that line.
    await runner.query(`ALTER POLICY append ON request_events
      WITH CHECK (party_code = app.party() AND ${ofRequest}
        AND (requester_code = app.party() OR addressee_code = app.party() AND ${own}))`);
    // What is about no line is the requester's to tell.
    for (const table of ['messages', 'notices'])
      await runner.query(`ALTER POLICY append ON ${table}
        WITH CHECK (${ofRequest} AND (requester_code = app.party() OR party_code = requester_code AND ${own}))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER POLICY append ON request_events
      WITH CHECK (party_code = app.party() AND ${ofRequest}
        AND (requester_code = app.party() OR addressee_code = app.party()))`);
    for (const table of ['messages', 'notices'])
      await runner.query(`ALTER POLICY append ON ${table}
        WITH CHECK (${ofRequest} AND (requester_code = app.party() OR party_code = requester_code))`);
    for (const table of besideLines)
      await runner.query(
        `ALTER POLICY within_party ON ${table} WITH CHECK (party_code = app.party() AND ${ofRequest})`,
      );
    await runner.query(`
      ALTER POLICY own_line ON timers WITH CHECK (${concerned('party_code = app.party()')});
      ALTER POLICY own_line_change ON addressees USING (${concerned('party_code = app.party()')});
      ALTER POLICY by_requester ON addressees
        WITH CHECK (requester_code = app.party() AND app.asked_by(request_id) = app.party());
      ALTER POLICY within_party ON addressees WITH CHECK (${theirs('follows IS NOT NULL')});
      ALTER POLICY within_party ON request_members WITH CHECK (party_code = app.party() AND app.concerns(request_id));
      DROP FUNCTION app.own_line(uuid, uuid), app.hands_over(uuid), app.holds(uuid);
      ALTER TABLE request_members DROP CONSTRAINT request_members_body`);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Notices of requests leave by webhooks and gateways too; all else is mail. */
export class NoticesByEndpoint1763763920000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE notices DROP CONSTRAINT notices_channel_check,
        ADD CONSTRAINT notices_channel_check CHECK (channel IN ('mail', 'webhook', 'gateway')),
        ADD CONSTRAINT notices_by_endpoint CHECK (channel = 'mail' OR request_id IS NOT NULL)`);
  }

  /** What left by endpoints goes, with its tries and links: there is no way to say of it that it was no mail. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE ack_links NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE attempts NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE notices NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE messages NO FORCE ROW LEVEL SECURITY;
      DELETE FROM ack_links l USING notices n WHERE n.id = l.notice_id AND n.channel <> 'mail';
      DELETE FROM attempts a USING notices n WHERE n.id = a.notice_id AND n.channel <> 'mail';
      WITH gone AS (DELETE FROM notices WHERE channel <> 'mail' RETURNING message_id)
        DELETE FROM messages WHERE id IN (SELECT message_id FROM gone);
      ALTER TABLE ack_links FORCE ROW LEVEL SECURITY;
      ALTER TABLE attempts FORCE ROW LEVEL SECURITY;
      ALTER TABLE messages FORCE ROW LEVEL SECURITY;
      ALTER TABLE notices FORCE ROW LEVEL SECURITY, DROP CONSTRAINT notices_by_endpoint, DROP CONSTRAINT notices_channel_check,
        ADD CONSTRAINT notices_channel_check CHECK (channel IN ('mail'))`);
  }
}

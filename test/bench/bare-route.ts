import fastify from 'fastify';
import pg from 'pg';

/** The raw limit of filing: a Fastify route that does one INSERT and answers. A process of its own. */
const pool = new pg.Pool({ connectionString: process.env.BARE_DATABASE, max: 10 });
const app = fastify();
app.post('/', async (call, reply) => {
  const { rows } = await pool.query<{ id: string }>('INSERT INTO bare (body) VALUES ($1) RETURNING id', [
    call.body,
  ]);
  return reply.code(201).send(rows[0]);
});
await app.listen({ port: Number(process.env.BARE_PORT), host: '127.0.0.1' });
process.send?.({ ready: true });
process.on('disconnect', () => process.exit(0));

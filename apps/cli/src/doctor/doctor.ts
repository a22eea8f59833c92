import { once } from 'node:events';
import { connect } from 'node:net';
import { Redis } from 'ioredis';
import { MailChannel } from '#libs/notifications';
import type { ExaminedEnvironment } from '#libs/runtime';
import { LocalKeys, SigningKeys } from '#libs/vault';
import { databaseFindings, keysInUse } from './database-findings.js';
import { note, reasonOf, well, wrong, type Finding } from './finding.js';

/** Looks at everything an instance stands on. Never raises for what it finds: that is what the findings say. */
export async function examine(env: ExaminedEnvironment): Promise<Finding[]> {
  return [
    ...(await databaseFindings(env)),
    ...(await keyFindings(env)),
    signingFinding(env),
    ...(await queueFindings(env.REDIS_URL)),
    ...(await mailFindings(env)),
    await returnFinding(env),
    addressFinding(env),
  ];
}

async function keyFindings(env: ExaminedEnvironment): Promise<Finding[]> {
  let keys: LocalKeys;
  try {
    keys = LocalKeys.fromEnvironment(env);
  } catch (error) {
    return [wrong(`The vault keys cannot be read: ${reasonOf(error)}`)];
  }
  const used = await keysInUse(env).catch(() => []);
  const missing = used.filter((id) => !keys.ids.includes(id));
  return missing.length > 0
    ? [wrong(`Content is sealed under vault keys that are not at hand: ${missing.join(', ')}`)]
    : [well(`The vault keys are at hand; new content is sealed under "${keys.current}"`)];
}

function signingFinding(env: ExaminedEnvironment): Finding {
  if (!env.LEDGER_KEY_FILE && !env.LEDGER_KEY)
    return note('There is no LEDGER_KEY_FILE here: the key of the record was not looked at');
  try {
    return well(`The record is signed with the key ${SigningKeys.fromEnvironment(env).keyId}`);
  } catch (error) {
    return wrong(`The key of the record cannot be read: ${reasonOf(error)}`);
  }
}

async function queueFindings(url: string | undefined): Promise<Finding[]> {
  if (!url) return [note('There is no REDIS_URL: the queue is in the database')];
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 5_000,
    disconnectTimeout: 0,
    maxRetriesPerRequest: 0,
    retryStrategy: null,
  });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    const [, policy] = (await redis.config('GET', 'maxmemory-policy')) as string[];
    return [
      policy === 'noeviction'
        ? well('Redis answers and evicts nothing')
        : wrong(`Redis may evict jobs: maxmemory-policy is "${policy}", set it to noeviction`),
    ];
  } catch (error) {
    return [wrong(`Redis does not answer: ${reasonOf(error)}`)];
  } finally {
    redis.disconnect();
  }
}

async function mailFindings(env: ExaminedEnvironment): Promise<Finding[]> {
  if (!env.SMTP_URL) return [note('There is no SMTP_URL here: the mail relay was not tried')];
  const { SMTP_URL: smtpUrl, MAIL_FROM: from, MAIL_FROM_EXERCISE: fromExercise } = env;
  const channel = new MailChannel({ smtpUrl, from, fromExercise, connections: 1 });
  try {
    await channel.greet();
    return [well('The mail relay answers and takes the sign-in')];
  } catch (error) {
    return [wrong(`The mail relay does not answer as it should: ${reasonOf(error)}`)];
  } finally {
    channel.close();
  }
}

/** Whether somebody takes what comes back: greeted as the relay does, which brings it there. */
async function returnFinding(env: ExaminedEnvironment): Promise<Finding> {
  const { RETURN_ADDRESS: address, RETURN_PORT: port, HOST: host } = env;
  if (address === undefined)
    return note(
      'There is no RETURN_ADDRESS here: where the worker has none either, mails that come back doubt no mailbox',
    );
  try {
    const greeting = await greetingAt(host, port);
    return greeting.startsWith('220 ')
      ? well(`Mails that come back to ${address} are taken at ${host}:${port}`)
      : wrong(`What answers at ${host}:${port} is not what takes mails that come back: RETURN_PORT`);
  } catch (error) {
    return wrong(`Nobody takes mails that come back at ${host}:${port}: ${reasonOf(error)}`);
  }
}

/** The first line that a mail server says (RFC 5321, 3.1). Raises what goes wrong, and after five seconds of silence. */
async function greetingAt(host: string, port: number): Promise<string> {
  const signal = AbortSignal.timeout(5_000);
  const socket = connect({ host, port, signal });
  try {
    const [first] = (await once(socket, 'data', { signal })) as [Buffer];
    return first.toString('latin1');
  } finally {
    socket.destroy();
  }
}

function addressFinding({ PUBLIC_URL: address }: ExaminedEnvironment): Finding {
  const { protocol, hostname } = new URL(address);
  if (protocol === 'https:') return well(`People reach it under ${address}`);
  return hostname === 'localhost' || hostname === '127.0.0.1'
    ? note(`PUBLIC_URL is ${address}: people on other machines cannot reach it`)
    : wrong(`PUBLIC_URL is ${address}: browsers send the session cookie over https alone`);
}

// E-mails by the usual means of Node: jobs in PostgreSQL (graphile-worker), sent by nodemailer over kept connections.
//
//   node graphile.mjs add  COUNT PRODUCERS BATCH   puts the jobs into the queue, BATCH a call
//   node graphile.mjs work COUNT CONCURRENT PORT   sends them to 127.0.0.1:PORT until COUNT are done
//
// DATABASE_URL says where the queue is; the packages are those of the current folder. Prints one JSON line: the moments
// (of the monotonic clock, which all processes of a machine share) of the first and the last job.
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.cwd(), "package.json"));
const seconds = () => Number(process.hrtime.bigint()) / 1e9;
const say = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);

function payloadOf(number) {
  return {
    to: `c${number}@customers.example`,
    first_name: "Ana",
    number: `${number}`,
    amount: "199.90",
  };
}

async function add(count, producers, batch) {
  const { Pool } = require("pg");
  const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: producers });
  const first = seconds();
  let next = 0;
  const produce = async () => {
    while (next < count) {
      const from = next;
      next = Math.min(count, from + batch);
      const payloads = [];
      for (let number = from; number < next; ++number) payloads.push(payloadOf(number));
      await pool.query(
        `SELECT count(*) FROM graphile_worker.add_jobs(ARRAY(SELECT json_populate_record(null::graphile_worker.job_spec,
           json_build_object('identifier', 'mail', 'payload', p)) FROM json_array_elements($1::json) AS p))`,
        [JSON.stringify(payloads)],
      );
    }
  };
  await Promise.all(Array.from({ length: producers }, produce));
  await pool.end();
  say({ first, last: seconds() });
}

function textOf({ first_name, number, amount }) {
  return (
    `Hi ${first_name}, we have received your payment of €${amount} for order ${number}.` +
    " It leaves our house tomorrow morning and we will write to you again soon."
  );
}

async function work(count, concurrent, port) {
  const { run, Logger } = require("graphile-worker");
  const nodemailer = require("nodemailer");
  const transport = nodemailer.createTransport({
    host: "127.0.0.1",
    port,
    ignoreTLS: true,
    pool: true,
    maxConnections: concurrent,
    maxMessages: Infinity,
  });
  let done = 0;
  const runner = await run({
    connectionString: process.env.DATABASE_URL,
    concurrency: concurrent,
    maxPoolSize: concurrent + 2,
    noHandleSignals: true,
    logger: new Logger(() => () => {}),
    taskList: {
      mail: async (job) => {
        await transport.sendMail({ from: "sales@shop.example", to: job.to, subject: `Order ${job.number}`, text: textOf(job) });
      },
    },
  });
  const ended = new Promise((resolve) => {
    runner.events.on("job:complete", () => {
      if (++done === count) resolve();
    });
  });
  say({ ready: seconds() });
  await ended;
  say({ last: seconds(), cpu: (process.cpuUsage().user + process.cpuUsage().system) / 1e6 });
  await runner.stop();
  transport.close();
}

const [, , what, ...numbers] = process.argv;
await { add, work }[what](...numbers.map(Number));

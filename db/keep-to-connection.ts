import postgres from "postgres";

type Work = (tx: postgres.TransactionSql) => Promise<unknown>;

/** One transaction. It is over when its end is decided, or its connection lost. */
type Link = { isOver: boolean };

/**
 * Begins a transaction that ends with its connection. The driver tells the caller when the connection is lost, but lets the
 * work go on. What that still sends is written to no socket, which ends the process, or reaches the connection that is made
 * anew: outside of any transaction, or inside of another one, and a commit or rollback too. Here nothing more of it is sent
 * (decision 0083).
 */
export function begin(client: postgres.Sql, work: Work): Promise<unknown> {
  const link: Link = { isOver: false };
  const end = () => {
    link.isOver = true;
  };
  const done = client.begin((tx) => follow(link, tx, work));
  done.then(end, end);
  return done;
}

/**
 * The driver sends a commit or a rollback when this settles. So it does not, once there is no transaction to end; who waits
 * for it is told by `fail`.
 */
async function follow(
  link: Link,
  tx: postgres.TransactionSql,
  work: Work,
  fail: (error: unknown) => void = () => {},
): Promise<unknown> {
  const never = (error: unknown) => {
    fail(error);
    return new Promise<never>(() => {});
  };
  try {
    const result = await work(keepTo(link, tx));
    return link.isOver ? await never(lost()) : result;
  } catch (error) {
    if (link.isOver) return never(error);
    throw error;
  }
}

function keepTo(link: Link, tx: postgres.TransactionSql): postgres.TransactionSql {
  const kept = {
    unsafe: (text: string, parameters: never[]) => {
      if (link.isOver) return refuse();
      const sent = tx.unsafe(text, parameters, { prepare: true });
      // A lost connection fails what waits for its answer first. Noted before the work hears of it, which might go on regardless.
      sent.catch((error) => {
        link.isOver ||= isLoss(error);
      });
      return sent;
    },
    savepoint: (work: Work) =>
      new Promise((resolve, reject) => {
        if (link.isOver) return reject(lost());
        tx.savepoint((inner) => follow(link, inner, work, reject)).then(resolve, reject);
      }),
  };
  return new Proxy(tx, {
    get: (target, name) => Reflect.get(Object.hasOwn(kept, name) ? kept : target, name),
  });
}

/** Codes of the driver and of the operating system, none of which Postgres has sent. */
const isLoss = (error: unknown) =>
  !(error instanceof postgres.PostgresError) &&
  error instanceof Error &&
  "code" in error &&
  /^(?:CONNECTION_(?:CLOSED|DESTROYED|ENDED)|CONNECT_TIMEOUT|E(?:CONN[A-Z]+|PIPE|TIMEDOUT))$/.test(
    String(error.code),
  );

const lost = () =>
  Object.assign(new Error("The connection of this transaction was lost."), { code: "CONNECTION_CLOSED" });

/** Like a query of the driver that failed. */
function refuse() {
  const failed = Promise.reject(lost());
  failed.catch(() => {});
  return Object.assign(failed, { values: () => failed });
}

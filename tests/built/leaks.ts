/** What a stranger must never read in an answer: the program's inside. */
const INSIDES = [
  /\bat (?:async )?[\w.$<>[\] ]+ \((?:file:|\/|node:|\.next)/,
  /\bat (?:file:\/\/|\/)[^\s"]+:\d+:\d+/,
  /node_modules\//,
  /\.next\/server/,
  /PostgresError|DrizzleQueryError|Failed query:|ECONNREFUSED|syntax error at or near/i,
  /\bselect\s[^<]{0,200}\sfrom\s+"(?:users|orders|carts|coupons|lessons|enrollments|user_sessions)"/i,
  /\binsert into\s+"/i,
  /postgres(?:ql)?:\/\//,
  /\b(?:whsec|sk_test|rk_test|sk_live)_\w/,
];

/** The first tell-tale place of an answer, or null. */
export function findLeak(body: string): string | null {
  for (const inside of INSIDES) {
    const found = inside.exec(body);
    if (found) return body.slice(Math.max(0, found.index - 60), found.index + 120);
  }
  return null;
}

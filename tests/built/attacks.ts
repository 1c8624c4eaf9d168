import { actionArguments, type Sending } from "./visitor";

type Fields = Readonly<Record<string, string>>;
/** How a page that is not ours, or a program, may try to have the action run with somebody's cookies. */
export type Attack = {
  readonly name: string;
  readonly make: (id: string, fields: Fields, origin: string) => Sending;
};

const FOREIGN = "https://evil.example";

const called = (headers: (origin: string) => Fields): Attack["make"] => {
  return (id, fields, origin) => ({
    method: "POST",
    headers: { "next-action": id, accept: "text/x-component", ...headers(origin) },
    body: actionArguments(fields),
  });
};

const submitted = (headers: (origin: string) => Fields): Attack["make"] => {
  return (id, fields, origin) => ({ method: "POST", headers: headers(origin), body: formOf(id, fields) });
};

function formOf(id: string, fields: Fields): FormData {
  const form = new FormData();
  form.set(`$ACTION_ID_${id}`, "");
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

/** Both ways of reaching an action, with every sign of coming from elsewhere. None of these may change anything. */
export const crossSiteAttacks: readonly Attack[] = [
  ...Object.entries({
    "without an Origin": () => ({}),
    "with a foreign Origin": () => ({ origin: FOREIGN }),
    "with the Origin null": () => ({ origin: "null" }),
    "with an empty Origin": () => ({ origin: "" }),
    "with a foreign Origin and X-Forwarded-Host": () => ({
      origin: FOREIGN,
      "x-forwarded-host": new URL(FOREIGN).host,
    }),
    "with a foreign Origin and Forwarded": () => ({
      origin: FOREIGN,
      forwarded: "host=evil.example;proto=https",
    }),
    "with a foreign Origin and Host": () => ({ origin: FOREIGN, host: new URL(FOREIGN).host }),
    "with our Origin under another port": (origin: string) => ({ origin: origin.replace(/\d+$/, "81") }),
    "with our Origin from another site": (origin: string) => ({ origin, "sec-fetch-site": "cross-site" }),
    "with our Origin from a sibling": (origin: string) => ({ origin, "sec-fetch-site": "same-site" }),
  } satisfies Record<string, (origin: string) => Fields>).flatMap(([name, headers]): Attack[] => [
    { name: `called ${name}`, make: called(headers) },
    { name: `submitted ${name}`, make: submitted(headers) },
  ]),
  {
    name: "called as text/plain without an Origin",
    make: (id, fields) => ({
      method: "POST",
      headers: { "next-action": id, "content-type": "text/plain;charset=UTF-8" },
      body: JSON.stringify([fields]),
    }),
  },
  {
    name: "submitted as text/plain from elsewhere",
    make: (id, fields) => ({
      method: "POST",
      headers: { origin: FOREIGN, "content-type": "text/plain" },
      body: [`$ACTION_ID_${id}=`, ...Object.entries(fields).map(([name, value]) => `${name}=${value}`)].join(
        "\r\n",
      ),
    }),
  },
  {
    name: "submitted url-encoded from elsewhere",
    make: (id, fields) => ({
      method: "POST",
      headers: { origin: FOREIGN, "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ [`$ACTION_ID_${id}`]: "", ...fields }).toString(),
    }),
  },
  ...["GET", "HEAD", "PUT", "DELETE"].map(
    (method): Attack => ({
      name: `called by ${method}`,
      make: (id, fields, origin) => ({
        method,
        headers: { "next-action": id, origin },
        ...(method === "GET" || method === "HEAD" ? {} : { body: actionArguments(fields) }),
      }),
    }),
  ),
];

/** Both ways of posting without a word on where from. */
export const unsigned = crossSiteAttacks.filter(({ name }) => /without an Origin$/.test(name));

/** What every caller tries on every action. */
export const plainForgeries = [
  ...unsigned,
  ...crossSiteAttacks.filter(({ name }) => /with a foreign Origin$/.test(name)),
];

const plain = (name: string, body: string): Attack => ({
  name,
  make: (id, _fields, origin) => ({
    method: "POST",
    headers: {
      "next-action": id,
      origin,
      accept: "text/x-component",
      "content-type": "text/plain;charset=UTF-8",
    },
    body,
  }),
});

/** A form whose fields `change` has changed, in one argument. */
const altered = (name: string, change: (form: FormData, fields: Fields) => void): Attack => ({
  name,
  make: (id, fields, origin) => {
    const form = new FormData();
    change(form, fields);
    form.append("0", '["$K1"]');
    return { method: "POST", headers: { "next-action": id, origin, accept: "text/x-component" }, body: form };
  },
});

const eachField = (value: string | ((sent: string) => string)) => (form: FormData, fields: Fields) => {
  for (const [name, sent] of Object.entries(fields))
    form.append(`_1_${name}`, typeof value === "string" ? value : value(sent));
};

/** From our own pages, with arguments no page of ours sends. */
export const malformedCalls: readonly Attack[] = [
  plain("no argument", "[]"),
  plain("an object", '[{"course":"x","role":"admin"}]'),
  plain("an object instead of arguments", '{"course":"x"}'),
  plain("an array", '[["x"]]'),
  plain("null", "[null]"),
  plain("null instead of arguments", "null"),
  plain("a number", "[1e309]"),
  plain("text", '["x"]'),
  plain("no JSON", "[{"),
  plain("nothing", ""),
  plain("undefined", '["$undefined"]'),
  plain("a big integer", '["$n99999999999999999999"]'),
  plain("a date", '["$D2026-01-01T00:00:00.000Z"]'),
  plain("a form that is not there", '["$K7"]'),
  plain("a part that is not there", '["$1"]'),
  plain("a function", '["$F1"]'),
  plain("a promise", '["$@1"]'),
  plain("a path into prototypes", '["$0:__proto__:constructor:constructor"]'),
  plain(
    "a polluted object",
    '[{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}]',
  ),
  plain("deep nesting", `${"[".repeat(5_000)}${"]".repeat(5_000)}`),
  plain("a huge text", JSON.stringify(["x".repeat(300_000)])),
  altered("no field", () => {}),
  altered("empty fields", eachField("")),
  altered("SQL in every field", eachField("x' or '1'='1'; drop table users; --")),
  altered("markup in every field", eachField("<script>alert(1)</script>{{7*7}}<%= 7*7 %>")),
  altered(
    "NUL, half a surrogate and control characters",
    eachField("\u0000\ud800\u202e\r\nBcc: x@example.test"),
  ),
  altered("long fields", eachField("x".repeat(20_000))),
  altered("numbers out of range", eachField("-1e999")),
  altered("files for fields", (form, fields) => {
    for (const name of Object.keys(fields)) form.append(`_1_${name}`, new Blob(["x"]), "../../x.sh");
  }),
  altered("prototype names as fields", (form, fields) => {
    eachField((sent) => sent)(form, fields);
    for (const name of ["__proto__", "constructor", "prototype", "__proto__.polluted", "toString"])
      form.append(`_1_${name}`, '{"polluted":true}');
  }),
  altered("fields that are not the visitor's to set", (form, fields) => {
    eachField((sent) => sent)(form, fields);
    for (const [name, value] of Object.entries(OVERREACH)) form.append(`_1_${name}`, value);
  }),
  altered("every field twice", (form, fields) => {
    eachField("first")(form, fields);
    eachField((sent) => sent)(form, fields);
  }),
  altered("a thousand fields", (form) => {
    for (let field = 0; field < 1_000; field += 1) form.append(`_1_f${field}`, "x");
  }),
];

const OVERREACH = {
  id: "00000000-0000-7000-8000-000000000000",
  userId: "00000000-0000-7000-8000-000000000000",
  role: "admin",
  price: "0",
  priceAmount: "0",
  amount: "0",
  discount: "100",
  currency: "jpy",
  free: "true",
  status: "completed",
  stripeCustomerId: "cus_other",
};

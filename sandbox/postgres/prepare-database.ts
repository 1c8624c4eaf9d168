import postgres from "postgres";

type Preparation = {
  readonly superuserUrl: string;
  readonly role: { readonly name: string; readonly password: string };
};

/**
 * Makes the shop's role and database when they are missing and sets the role's password. The role is no superuser:
 * what works here works on a managed Postgres too.
 */
export async function prepareDatabase({ superuserUrl, role }: Preparation): Promise<void> {
  const sql = postgres(superuserUrl, { max: 1, onnotice: () => {}, connect_timeout: 10 });
  try {
    const [existing] = await sql<{ role: boolean; database: boolean }[]>`
      select exists (select from pg_roles where rolname = ${role.name}) as role,
             exists (select from pg_database where datname = ${role.name}) as database`;
    // Utility statements take no parameters: the server quotes name and password itself.
    const verb = existing?.role ? "alter" : "create";
    const [statement] = await sql<{ text: string }[]>`
      select format('%s role %I login password %L', ${verb}::text, ${role.name}::text, ${role.password}::text) as text`;
    await sql.unsafe(statement?.text ?? "");
    if (!existing?.database) await sql`create database ${sql(role.name)} owner ${sql(role.name)}`;
  } finally {
    await sql.end();
  }
}

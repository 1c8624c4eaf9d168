import { z } from "zod";

const API = "https://api.github.com";
const gitHubUser = z.object({ id: z.number(), login: z.string(), name: z.string().nullish() });
const gitHubEmails = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));

/**
 * Who an access token of GitHub's belongs to. Which addresses it has proved is told in a list of its own; without leave to read
 * that list none is. Source: docs.github.com/rest/users/emails. `api` is the address of the interface.
 *
 * @throws when GitHub does not answer in ten seconds, or names no user.
 */
export async function readGitHubUser(accessToken: string, api = API) {
  const headers = { authorization: `Bearer ${accessToken}`, "user-agent": "lectern" };
  const read = async (path: string) => {
    const answer = await fetch(api + path, { headers, signal: AbortSignal.timeout(10_000) });
    return answer.json();
  };
  const user = gitHubUser.parse(await read("/user"));
  const emails = gitHubEmails.catch([]).parse(await read("/user/emails"));
  const primary = emails.find((email) => email.primary && email.verified);
  return { ...user, email: primary?.email ?? null, email_verified: primary !== undefined };
}

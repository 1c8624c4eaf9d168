import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { migrateDatabase } from "../../scripts/migrate";
import { startTestCluster } from "./cluster";

declare module "vitest" {
  interface ProvidedContext {
    /** Addresses of the run's cluster; the template is migrated and empty. */
    readonly cluster: { readonly url: string; readonly superuserUrl: string; readonly template: string };
  }
}

const TEMPLATE = "lectern_template";

/** One cluster for the whole run; each test file clones the migrated template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startTestCluster();
  const admin = postgres(cluster.superuserUrl, { max: 1, onnotice: () => {} });
  try {
    await admin`create database ${admin(TEMPLATE)} owner lectern`;
    await migrateDatabase(cluster.url.replace(/\/lectern$/, `/${TEMPLATE}`));
  } catch (error) {
    await cluster.stop();
    throw error;
  } finally {
    await admin.end();
  }
  project.provide("cluster", { url: cluster.url, superuserUrl: cluster.superuserUrl, template: TEMPLATE });
  return cluster.stop;
}

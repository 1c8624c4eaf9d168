/** What every test process starts with: test keys, no real service, quiet logs. Test files may overwrite it. */
export const defaults = {
  APP_URL: "http://localhost:3000",
  AUTH_SECRET: "auth-secret-of-the-tests-0123456789abcdef",
  INTERNAL_TOKEN: "internal-token-of-the-tests-0123456789abcdef",
  CERTIFICATE_KEY: "certificate-key-of-the-tests-0123456789abcd",
  // Port 9 (discard) refuses at once: a test that forgot its stand-in fails instead of reaching a real service.
  DATABASE_URL: "postgres://nobody:nothing@127.0.0.1:9/none",
  STRIPE_SECRET_KEY: "sk_test_tests",
  STRIPE_PUBLISHABLE_KEY: "pk_test_tests",
  STRIPE_WEBHOOK_SECRET: "whsec_tests",
  STRIPE_API_BASE: "http://127.0.0.1:9",
  RESEND_API_KEY: "re_tests",
  RESEND_BASE_URL: "http://127.0.0.1:9",
  LOG_LEVEL: "silent",
  TZ: "UTC",
};

Object.assign(process.env, defaults);

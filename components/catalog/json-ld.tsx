type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Ends no script element, opens no comment, and breaks no older parser, whatever the text says. */
export function serialiseJsonLd(data: Json): string {
  return JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Structured data for search engines (schema.org). Inert: browsers do not run it. */
export function JsonLd({ data }: { readonly data: Json }) {
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: serialiseJsonLd(data) }} />;
}

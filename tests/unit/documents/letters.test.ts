import { expect, it } from "vitest";
import { renderDocument } from "@/lib/documents/render-document";
import { readPdf } from "../../support/read-pdf";
import { sampleInvoice } from "./sample-document";

// A file of its own: what the process has drawn before is what this is about.
it("finds a letter on a document, also after one on which it was a part of another letter", async () => {
  const read = async (name: string) =>
    (await readPdf(await renderDocument(sampleInvoice({ buyer: { name } })))).text.replace(/\s+/g, " ");
  for (const name of ["Ångström Žižka Ẅ Ï Ø Ğ Ķ Ļ Ĵ Ŗ Ý Ḩ Ż", "Ѝ Ё Ά Ή Ώ"])
    expect(await read(name), name).toContain(name);
  for (const name of ["Aaron Zoe W I O G K L J R Y H Z", "И Е Α Η Ω"])
    expect(await read(name), name).toContain(name);
});

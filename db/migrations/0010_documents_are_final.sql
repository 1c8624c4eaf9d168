CREATE FUNCTION "refuse_change_of_document"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'a document that was issued is never changed: % on %', TG_OP, TG_TABLE_NAME
		USING ERRCODE = 'restrict_violation', HINT = 'Issue a credit note, and an invoice that replaces it.';
END
$$;
--> statement-breakpoint
CREATE TRIGGER "invoices_are_final" BEFORE UPDATE OR DELETE ON "invoices" FOR EACH ROW EXECUTE FUNCTION "refuse_change_of_document"();
--> statement-breakpoint
CREATE TRIGGER "credit_notes_are_final" BEFORE UPDATE OR DELETE ON "credit_notes" FOR EACH ROW EXECUTE FUNCTION "refuse_change_of_document"();
--> statement-breakpoint
CREATE TRIGGER "invoices_stay" BEFORE TRUNCATE ON "invoices" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change_of_document"();
--> statement-breakpoint
CREATE TRIGGER "credit_notes_stay" BEFORE TRUNCATE ON "credit_notes" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change_of_document"();

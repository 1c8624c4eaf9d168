CREATE TABLE "catalog_revisions" (
	"only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"revision" integer NOT NULL,
	CONSTRAINT "catalog_revisions_only_one" CHECK ("catalog_revisions"."only")
);

CREATE TYPE "public"."counted_step" AS ENUM('viewed', 'carted');--> statement-breakpoint
CREATE TABLE "step_counts" (
	"starts_at" timestamp with time zone NOT NULL,
	"step" "counted_step" NOT NULL,
	"course_id" uuid NOT NULL,
	"times" integer NOT NULL,
	CONSTRAINT "step_counts_pkey" PRIMARY KEY("starts_at","step","course_id"),
	CONSTRAINT "step_counts_times" CHECK ("step_counts"."times" > 0)
);
--> statement-breakpoint
ALTER TABLE "step_counts" ADD CONSTRAINT "step_counts_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."courses"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "users_name_words" ON "users" USING gin (to_tsvector('simple', "name"));--> statement-breakpoint
CREATE INDEX "refunds_troubled" ON "refunds" USING btree ("created_at") WHERE "refunds"."status" = 'pending' and "refunds"."last_error" is not null;
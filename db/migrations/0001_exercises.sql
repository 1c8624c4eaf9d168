CREATE TABLE "exercise_attempts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"exercise_id" uuid NOT NULL,
	"course_id" uuid NOT NULL,
	"code" text NOT NULL,
	"tests_passed" integer NOT NULL,
	"tests_total" integer NOT NULL,
	"passed" boolean NOT NULL,
	"solution_shown" boolean DEFAULT false NOT NULL,
	"graded_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "exercise_attempts_count" CHECK ("exercise_attempts"."tests_total" > 0 and "exercise_attempts"."tests_passed" between 0 and "exercise_attempts"."tests_total"),
	CONSTRAINT "exercise_attempts_passed" CHECK ("exercise_attempts"."passed" = ("exercise_attempts"."tests_passed" = "exercise_attempts"."tests_total")),
	CONSTRAINT "exercise_attempts_code" CHECK (octet_length("exercise_attempts"."code") <= 65536),
	CONSTRAINT "exercise_attempts_graded" CHECK ("exercise_attempts"."graded_at" <= "exercise_attempts"."created_at")
);
--> statement-breakpoint
CREATE TABLE "exercise_drafts" (
	"user_id" uuid NOT NULL,
	"exercise_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"code" text NOT NULL,
	"edited_at" timestamp with time zone NOT NULL,
	"other_code" text,
	"other_edited_at" timestamp with time zone,
	CONSTRAINT "exercise_drafts_user_id_exercise_id_pk" PRIMARY KEY("user_id","exercise_id"),
	CONSTRAINT "exercise_drafts_version" CHECK ("exercise_drafts"."version" > 0),
	CONSTRAINT "exercise_drafts_code" CHECK (octet_length("exercise_drafts"."code") <= 65536),
	CONSTRAINT "exercise_drafts_other" CHECK (("exercise_drafts"."other_code" is null) = ("exercise_drafts"."other_edited_at" is null))
);
--> statement-breakpoint
CREATE TABLE "quiz_attempts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"lesson_id" uuid NOT NULL,
	"course_id" uuid NOT NULL,
	"answers" jsonb NOT NULL,
	"correct" integer NOT NULL,
	"total" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "quiz_attempts_count" CHECK ("quiz_attempts"."total" > 0 and "quiz_attempts"."correct" between 0 and "quiz_attempts"."total")
);
--> statement-breakpoint
ALTER TABLE "exercise_attempts" ADD CONSTRAINT "exercise_attempts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exercise_attempts" ADD CONSTRAINT "exercise_attempts_exercise_id_exercises_id_fk" FOREIGN KEY ("exercise_id") REFERENCES "public"."exercises"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exercise_attempts" ADD CONSTRAINT "exercise_attempts_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."courses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exercise_drafts" ADD CONSTRAINT "exercise_drafts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exercise_drafts" ADD CONSTRAINT "exercise_drafts_exercise_id_exercises_id_fk" FOREIGN KEY ("exercise_id") REFERENCES "public"."exercises"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quiz_attempts" ADD CONSTRAINT "quiz_attempts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quiz_attempts" ADD CONSTRAINT "quiz_attempts_lesson_id_lessons_id_fk" FOREIGN KEY ("lesson_id") REFERENCES "public"."lessons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quiz_attempts" ADD CONSTRAINT "quiz_attempts_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."courses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "exercise_attempts_of_exercise" ON "exercise_attempts" USING btree ("user_id","exercise_id","graded_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "exercise_attempts_passed_of_course" ON "exercise_attempts" USING btree ("user_id","course_id","exercise_id") WHERE "exercise_attempts"."passed";--> statement-breakpoint
CREATE INDEX "quiz_attempts_of_lesson" ON "quiz_attempts" USING btree ("user_id","lesson_id","created_at" DESC NULLS LAST);
CREATE TABLE "coupon_batches" (
	"id" uuid PRIMARY KEY NOT NULL,
	"description" text NOT NULL,
	"size" integer NOT NULL,
	"created_by_user_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "coupon_batches_size" CHECK ("coupon_batches"."size" > 0)
);
--> statement-breakpoint
CREATE TABLE "reconciliation_runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"hours" integer NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone DEFAULT now() NOT NULL,
	"repaired" text[] DEFAULT '{}' NOT NULL,
	"differences" integer DEFAULT 0 NOT NULL,
	"checked" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"problem" text,
	"requested_by_user_id" uuid,
	CONSTRAINT "reconciliation_runs_order" CHECK ("reconciliation_runs"."finished_at" >= "reconciliation_runs"."started_at")
);
--> statement-breakpoint
ALTER TABLE "coupons" ADD COLUMN "batch_id" uuid;--> statement-breakpoint
ALTER TABLE "coupons" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "blocked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "blocked_reason" text;--> statement-breakpoint
ALTER TABLE "coupon_batches" ADD CONSTRAINT "coupon_batches_created_by_user_id_users_id_fk" FOREIGN KEY ("created_by_user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reconciliation_runs" ADD CONSTRAINT "reconciliation_runs_requested_by_user_id_users_id_fk" FOREIGN KEY ("requested_by_user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "coupon_batches_made" ON "coupon_batches" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "reconciliation_runs_started" ON "reconciliation_runs" USING btree ("started_at","id");--> statement-breakpoint
ALTER TABLE "coupons" ADD CONSTRAINT "coupons_batch_id_coupon_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."coupon_batches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "coupons_made" ON "coupons" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "coupons_code_begins" ON "coupons" USING btree ("code" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "coupons_of_batch" ON "coupons" USING btree ("batch_id","created_at","id") WHERE "coupons"."batch_id" is not null;--> statement-breakpoint
CREATE INDEX "disputes_opened" ON "disputes" USING btree ("opened_at","id");--> statement-breakpoint
CREATE INDEX "users_joined" ON "users" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "users_staff" ON "users" USING btree ("created_at","id") WHERE "users"."role" <> 'learner';--> statement-breakpoint
CREATE INDEX "users_blocked" ON "users" USING btree ("created_at","id") WHERE "users"."blocked_at" is not null;--> statement-breakpoint
CREATE INDEX "enrollments_given" ON "enrollments" USING btree ("enrolled_at","id");--> statement-breakpoint
CREATE INDEX "enrollments_of_course" ON "enrollments" USING btree ("course_id","enrolled_at","id");--> statement-breakpoint
CREATE INDEX "enrollments_by_status" ON "enrollments" USING btree ("status","enrolled_at","id");--> statement-breakpoint
CREATE INDEX "enrollments_by_type" ON "enrollments" USING btree ("enrollment_type","enrolled_at","id");--> statement-breakpoint
CREATE INDEX "emails_of_user" ON "emails" USING btree ("user_id","created_at") WHERE "emails"."user_id" is not null;--> statement-breakpoint
CREATE INDEX "orders_paid" ON "orders" USING btree ("paid_at","currency") WHERE "orders"."paid_at" is not null;--> statement-breakpoint
CREATE INDEX "orders_by_currency" ON "orders" USING btree ("currency") WHERE "orders"."paid_at" is not null;--> statement-breakpoint
CREATE INDEX "refunds_given" ON "refunds" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "stripe_events_received" ON "stripe_events" USING btree ("received_at","id");--> statement-breakpoint
CREATE INDEX "stripe_events_object" ON "stripe_events" USING btree ("object_id");--> statement-breakpoint
CREATE INDEX "activity_quarters_when" ON "activity_quarters" USING btree ("starts_at","user_id");--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_blocked_reason" CHECK (("users"."blocked_at" is null) = ("users"."blocked_reason" is null));
CREATE TYPE "public"."refund_request_category" AS ENUM('changed_mind', 'not_expected', 'does_not_work', 'charged_by_mistake', 'other');--> statement-breakpoint
CREATE TYPE "public"."refund_request_state" AS ENUM('open', 'approved', 'declined', 'withdrawn');--> statement-breakpoint
CREATE TABLE "refund_request_items" (
	"request_id" uuid NOT NULL,
	"order_item_id" uuid NOT NULL,
	CONSTRAINT "refund_request_items_pkey" PRIMARY KEY("request_id","order_item_id")
);
--> statement-breakpoint
CREATE TABLE "refund_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"state" "refund_request_state" DEFAULT 'open' NOT NULL,
	"category" "refund_request_category" NOT NULL,
	"body" text NOT NULL,
	"answer" text,
	"refund_id" uuid,
	"decided_by_user_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decided_at" timestamp with time zone,
	CONSTRAINT "refund_requests_refund_unique" UNIQUE("refund_id"),
	CONSTRAINT "refund_requests_decided" CHECK (("refund_requests"."decided_at" is null) = ("refund_requests"."state" = 'open')),
	CONSTRAINT "refund_requests_approved" CHECK (("refund_requests"."refund_id" is not null) = ("refund_requests"."state" = 'approved')),
	CONSTRAINT "refund_requests_declined" CHECK (("refund_requests"."answer" is not null) = ("refund_requests"."state" = 'declined') and length("refund_requests"."answer") between 1 and 2000),
	CONSTRAINT "refund_requests_body" CHECK (length("refund_requests"."body") <= 2000)
);
--> statement-breakpoint
ALTER TABLE "refund_request_items" ADD CONSTRAINT "refund_request_items_request_id_refund_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."refund_requests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_request_items" ADD CONSTRAINT "refund_request_items_order_item_id_order_items_id_fk" FOREIGN KEY ("order_item_id") REFERENCES "public"."order_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_requests" ADD CONSTRAINT "refund_requests_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_requests" ADD CONSTRAINT "refund_requests_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_requests" ADD CONSTRAINT "refund_requests_refund_id_refunds_id_fk" FOREIGN KEY ("refund_id") REFERENCES "public"."refunds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_requests" ADD CONSTRAINT "refund_requests_decided_by_user_id_users_id_fk" FOREIGN KEY ("decided_by_user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "refund_requests_one_open" ON "refund_requests" USING btree ("order_id") WHERE "refund_requests"."state" = 'open';--> statement-breakpoint
CREATE INDEX "refund_requests_queue" ON "refund_requests" USING btree ("state","id");--> statement-breakpoint
CREATE INDEX "refund_requests_of_order" ON "refund_requests" USING btree ("order_id","id");
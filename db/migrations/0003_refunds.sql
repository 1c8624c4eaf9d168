CREATE TABLE "payment_alerts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"order_id" uuid,
	"problem" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"cleared_at" timestamp with time zone,
	"cleared_by_user_id" uuid,
	CONSTRAINT "payment_alerts_once" UNIQUE("kind","subject")
);
--> statement-breakpoint
ALTER TABLE "coupon_redemptions" ADD COLUMN "slot_freed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "held_refund_amount" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "requested_by_user_id" uuid;--> statement-breakpoint
ALTER TABLE "payment_alerts" ADD CONSTRAINT "payment_alerts_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_alerts" ADD CONSTRAINT "payment_alerts_cleared_by_user_id_users_id_fk" FOREIGN KEY ("cleared_by_user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "payment_alerts_open" ON "payment_alerts" USING btree ("created_at") WHERE "payment_alerts"."cleared_at" is null;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_requested_by_user_id_users_id_fk" FOREIGN KEY ("requested_by_user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "coupon_redemptions_slot_freed_once" ON "coupon_redemptions" USING btree ("coupon_id","user_id") WHERE "coupon_redemptions"."slot_freed_at" is not null;--> statement-breakpoint
UPDATE "orders" SET "held_refund_amount" = "held"."amount" FROM (SELECT "order_id", sum("amount")::int AS "amount" FROM "refunds" WHERE "status" IN ('pending', 'succeeded') GROUP BY "order_id") AS "held" WHERE "held"."order_id" = "orders"."id";--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_refund_cap" CHECK ("orders"."held_refund_amount" between 0 and "orders"."total_amount");
CREATE TABLE "gifts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"order_id" uuid NOT NULL,
	"order_item_id" uuid NOT NULL,
	"recipient_email" text,
	"message" text NOT NULL,
	"deliver_on" date,
	"time_zone" text NOT NULL,
	"deliver_at" timestamp with time zone NOT NULL,
	"token_hash" text,
	"delivered_at" timestamp with time zone,
	"deliveries" integer DEFAULT 0 NOT NULL,
	"claimed_by_user_id" uuid,
	"claimed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "gifts_order_item_id_unique" UNIQUE("order_item_id"),
	CONSTRAINT "gifts_token_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "gifts_claimed_by_somebody" CHECK (("gifts"."claimed_at" is null) = ("gifts"."claimed_by_user_id" is null)),
	CONSTRAINT "gifts_claimed_by_a_link" CHECK ("gifts"."claimed_at" is null or "gifts"."token_hash" is not null),
	CONSTRAINT "gifts_delivered" CHECK (("gifts"."delivered_at" is null) = ("gifts"."token_hash" is null) and ("gifts"."delivered_at" is null) = ("gifts"."deliveries" = 0)),
	CONSTRAINT "gifts_message" CHECK (length("gifts"."message") <= 500),
	CONSTRAINT "gifts_address_normalised" CHECK ("gifts"."recipient_email" = lower("gifts"."recipient_email"))
);
--> statement-breakpoint
CREATE TABLE "customer_erasures" (
	"stripe_customer_id" text PRIMARY KEY NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "cart_items" ADD COLUMN "gift" jsonb;--> statement-breakpoint
ALTER TABLE "gifts" ADD CONSTRAINT "gifts_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gifts" ADD CONSTRAINT "gifts_order_item_id_order_items_id_fk" FOREIGN KEY ("order_item_id") REFERENCES "public"."order_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gifts" ADD CONSTRAINT "gifts_claimed_by_user_id_users_id_fk" FOREIGN KEY ("claimed_by_user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "gifts_order" ON "gifts" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "gifts_due" ON "gifts" USING btree ("deliver_at") WHERE delivered_at is null and recipient_email is not null;--> statement-breakpoint
CREATE INDEX "gifts_received" ON "gifts" USING btree ("claimed_by_user_id","claimed_at") WHERE claimed_by_user_id is not null;--> statement-breakpoint
CREATE INDEX "gifts_addressed" ON "gifts" USING btree ("recipient_email") WHERE recipient_email is not null;--> statement-breakpoint
CREATE INDEX "customer_erasures_due" ON "customer_erasures" USING btree ("next_attempt_at");
CREATE TABLE "second_payments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"order_id" uuid NOT NULL,
	"stripe_payment_intent_id" text NOT NULL,
	"amount" integer NOT NULL,
	"currency" text NOT NULL,
	"stripe_refund_id" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp with time zone,
	CONSTRAINT "second_payments_once" UNIQUE("stripe_payment_intent_id"),
	CONSTRAINT "second_payments_amount" CHECK ("second_payments"."amount" > 0),
	CONSTRAINT "second_payments_settled" CHECK ("second_payments"."stripe_refund_id" is null or "second_payments"."settled_at" is not null)
);
--> statement-breakpoint
ALTER TABLE "second_payments" ADD CONSTRAINT "second_payments_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "second_payments_order" ON "second_payments" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "second_payments_due" ON "second_payments" USING btree ("next_attempt_at") WHERE "second_payments"."settled_at" is null;
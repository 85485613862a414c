CREATE TABLE "enhance_batch" (
	"id" text PRIMARY KEY NOT NULL,
	"listing_id" text NOT NULL,
	"scenes" integer NOT NULL,
	"skipped" jsonb NOT NULL,
	"paused_at" timestamp (3) with time zone,
	"cancelled_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "enhance_turn" (
	"listing_id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"served_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "enhancement" ADD COLUMN "batch_id" text;--> statement-breakpoint
ALTER TABLE "enhancement" ADD COLUMN "look_name" text;--> statement-breakpoint
ALTER TABLE "enhancement" ADD COLUMN "wait_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "scene" ADD COLUMN "settings" jsonb;--> statement-breakpoint
ALTER TABLE "enhance_batch" ADD CONSTRAINT "enhance_batch_listing_id_listing_id_fk" FOREIGN KEY ("listing_id") REFERENCES "public"."listing"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "enhance_batch_listing" ON "enhance_batch" USING btree ("listing_id","created_at");--> statement-breakpoint
CREATE INDEX "enhance_turn_organization" ON "enhance_turn" USING btree ("organization_id","served_at");--> statement-breakpoint
ALTER TABLE "enhancement" ADD CONSTRAINT "enhancement_batch_id_enhance_batch_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."enhance_batch"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "enhancement_batch" ON "enhancement" USING btree ("batch_id") WHERE "enhancement"."batch_id" is not null;--> statement-breakpoint
CREATE INDEX "enhancement_waiting" ON "enhancement" USING btree ("listing_id","created_at") WHERE "enhancement"."status" in ('queued', 'running');
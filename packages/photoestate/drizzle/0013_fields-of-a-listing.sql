CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS btree_gin;--> statement-breakpoint
CREATE FUNCTION listing_search(address text, mls_id text, tags text[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN lower(address || ' ' || coalesce(mls_id, '') || ' ' || array_to_string(tags, ' '));--> statement-breakpoint
CREATE TABLE "saved_view" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"query" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "listing" ADD COLUMN "mls_id" text;--> statement-breakpoint
ALTER TABLE "listing" ADD COLUMN "agent_id" text;--> statement-breakpoint
ALTER TABLE "listing" ADD COLUMN "shoot_date" date;--> statement-breakpoint
ALTER TABLE "listing" ADD COLUMN "notes" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "listing" ADD COLUMN "tags" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "listing" ADD COLUMN "delivered_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "saved_view_name" ON "saved_view" USING btree ("organization_id","user_id","name");--> statement-breakpoint
ALTER TABLE "listing" ADD CONSTRAINT "listing_agent_id_user_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "listing_live_created" ON "listing" USING btree ("organization_id","created_at","id") WHERE deleted_at is null and archived_at is null;--> statement-breakpoint
CREATE INDEX "listing_live_changed" ON "listing" USING btree ("organization_id","updated_at","id") WHERE deleted_at is null and archived_at is null;--> statement-breakpoint
CREATE INDEX "listing_live_shoot" ON "listing" USING btree ("organization_id",(coalesce(shoot_date, '0001-01-01'::date)),"id") WHERE deleted_at is null and archived_at is null;--> statement-breakpoint
CREATE INDEX "listing_live_address" ON "listing" USING btree ("organization_id",lower(address),"id") WHERE deleted_at is null and archived_at is null;--> statement-breakpoint
CREATE INDEX "listing_live_status" ON "listing" USING btree ("organization_id","status","created_at","id") WHERE deleted_at is null and archived_at is null;--> statement-breakpoint
CREATE INDEX "listing_archived" ON "listing" USING btree ("organization_id","created_at","id") WHERE deleted_at is null and archived_at is not null;--> statement-breakpoint
CREATE INDEX "listing_agent" ON "listing" USING btree ("agent_id","created_at");--> statement-breakpoint
CREATE INDEX "listing_tags" ON "listing" USING gin ("organization_id","tags");--> statement-breakpoint
CREATE INDEX "listing_search" ON "listing" USING gin ("organization_id",listing_search(address, mls_id, tags) gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "audit_entry_listing" ON "audit_entry" USING btree ((coalesce(data->>'listingId', entity_id)),"created_at","id");--> statement-breakpoint
UPDATE "listing" SET "delivered_at" = "updated_at" WHERE "status" = 'delivered';

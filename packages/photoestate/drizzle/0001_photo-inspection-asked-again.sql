ALTER TABLE "photo" ADD COLUMN "inspect_asked_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "photo" ADD COLUMN "inspect_asked" integer DEFAULT 0 NOT NULL;
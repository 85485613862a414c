ALTER TABLE "enhancement" ADD COLUMN "review" text;--> statement-breakpoint
ALTER TABLE "enhancement" ADD COLUMN "review_reasons" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "enhancement" ADD COLUMN "review_note" text;--> statement-breakpoint
ALTER TABLE "enhancement" ADD COLUMN "reviewed_by" text;--> statement-breakpoint
ALTER TABLE "enhancement" ADD COLUMN "reviewed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "enhancement" ADD COLUMN "current_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "enhancement_flagged" ON "enhancement" USING btree ("listing_id") WHERE "enhancement"."review" = 'flagged';
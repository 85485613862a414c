ALTER TABLE "enhancement" ADD COLUMN "adjustments" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "enhancement" ADD COLUMN "first_look" jsonb;
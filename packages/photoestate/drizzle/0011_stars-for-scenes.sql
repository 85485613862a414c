ALTER TABLE "scene" ADD COLUMN "rating" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "scene" ADD CONSTRAINT "scene_rating_is_stars" CHECK ("scene"."rating" between 0 and 5);
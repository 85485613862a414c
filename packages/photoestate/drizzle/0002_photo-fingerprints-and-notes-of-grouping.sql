CREATE TABLE "photo_fingerprint" (
	"photo_id" text PRIMARY KEY NOT NULL,
	"fingerprint" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "photo" ADD COLUMN "group_note" text;--> statement-breakpoint
ALTER TABLE "photo" ADD COLUMN "twin_of" text;--> statement-breakpoint
ALTER TABLE "photo_fingerprint" ADD CONSTRAINT "photo_fingerprint_photo_id_photo_id_fk" FOREIGN KEY ("photo_id") REFERENCES "public"."photo"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "photo" ADD CONSTRAINT "photo_twin_of_photo_id_fk" FOREIGN KEY ("twin_of") REFERENCES "public"."photo"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
UPDATE "photo" SET "group_note" = 'no_data' WHERE "status" = 'ready' AND ("taken_at" IS NULL OR "ev" IS NULL);

CREATE TABLE "former_project" (
	"id" text PRIMARY KEY NOT NULL,
	"erased_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "webhook_endpoint" ADD COLUMN "live_only" boolean DEFAULT false NOT NULL;--> statement-breakpoint
INSERT INTO "former_project" ("id", "erased_at")
SELECT DISTINCT "entity_id", now() FROM "audit_entry"
WHERE "action" = 'project.created' AND NOT EXISTS (SELECT 1 FROM "project" WHERE "project"."id" = "entity_id");

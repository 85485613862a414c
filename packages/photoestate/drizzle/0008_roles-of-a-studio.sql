UPDATE "member" SET "role" = 'agent' WHERE "role" = 'developer';--> statement-breakpoint
UPDATE "member" SET "role" = 'client' WHERE "role" = 'viewer';

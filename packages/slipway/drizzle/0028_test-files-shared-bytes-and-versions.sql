ALTER TABLE "file" DROP CONSTRAINT "file_key_unique";--> statement-breakpoint
DROP INDEX "file_custom_id";--> statement-breakpoint
DROP INDEX "file_due";--> statement-breakpoint
DROP INDEX "file_project_custom_id";--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "address" text;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "is_test" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "dedupe" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "is_version" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "version_until" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "file_test" ON "file" USING btree ("project_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE is_test;--> statement-breakpoint
CREATE UNIQUE INDEX "file_key" ON "file" USING btree ("key") WHERE address is null;--> statement-breakpoint
CREATE INDEX "file_shared_key" ON "file" USING btree ("key") WHERE address is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "file_address" ON "file" USING btree ("address") WHERE address is not null;--> statement-breakpoint
CREATE INDEX "file_dedupe" ON "file" USING btree ("project_id","sha256") WHERE dedupe and status = 'ready' and sha256 is not null;--> statement-breakpoint
CREATE INDEX "file_custom_id" ON "file" USING btree ("project_id","custom_id") WHERE custom_id is not null and (status not in ('pending', 'verifying', 'ready') or replaced_by is not null or is_version);--> statement-breakpoint
CREATE INDEX "file_due" ON "file" USING btree (least(delete_at, confirm_by, version_until)) WHERE status = 'ready' and (delete_at is not null or confirm_by is not null or version_until is not null);--> statement-breakpoint
CREATE UNIQUE INDEX "file_project_custom_id" ON "file" USING btree ("project_id","custom_id","is_test") WHERE custom_id is not null and (replaced_by is null and (status = 'ready' or (status in ('pending', 'verifying') and not is_version)));
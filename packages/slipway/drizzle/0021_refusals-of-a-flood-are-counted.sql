ALTER TABLE "upload_log" ADD COLUMN "folded_key" text;--> statement-breakpoint
ALTER TABLE "upload_log" ADD COLUMN "repeats" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "upload_log_folded" ON "upload_log" USING btree ("project_id","folded_key") WHERE folded_key is not null;
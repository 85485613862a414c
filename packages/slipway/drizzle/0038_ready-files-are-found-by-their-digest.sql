DROP INDEX "file_dedupe";--> statement-breakpoint
CREATE INDEX "file_digest" ON "file" USING btree ("project_id","sha256") WHERE status = 'ready' and sha256 is not null;
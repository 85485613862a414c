CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS btree_gin;--> statement-breakpoint
DROP INDEX "file_project_created";--> statement-breakpoint
CREATE INDEX "file_project_status" ON "file" USING btree ("project_id","status","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE status <> 'pending';--> statement-breakpoint
CREATE INDEX "file_project_type" ON "file" USING btree ("project_id",type text_pattern_ops,"created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "file_project_name" ON "file" USING gin ("project_id",name gin_trgm_ops) WHERE status <> 'pending';--> statement-breakpoint
CREATE INDEX "file_custom_id" ON "file" USING btree ("project_id","custom_id") WHERE custom_id is not null;--> statement-breakpoint
CREATE INDEX "file_project_created" ON "file" USING btree ("project_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);
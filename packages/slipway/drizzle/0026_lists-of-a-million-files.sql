DROP INDEX "file_project_unfinished";--> statement-breakpoint
DROP INDEX "file_project_created";--> statement-breakpoint
DROP INDEX "file_project_status";--> statement-breakpoint
DROP INDEX "file_project_type";--> statement-breakpoint
DROP INDEX "file_project_name";--> statement-breakpoint
DROP INDEX "file_project_sorted_name";--> statement-breakpoint
DROP INDEX "file_project_sorted_size";--> statement-breakpoint
DROP INDEX "file_project_tags";--> statement-breakpoint
DROP INDEX "file_project_metadata";--> statement-breakpoint
DROP INDEX "file_project_folder";--> statement-breakpoint
DROP INDEX "file_project_route";--> statement-breakpoint
DROP INDEX "file_custom_id";--> statement-breakpoint
DROP INDEX "file_storage_key";--> statement-breakpoint
DROP INDEX "file_storage_incoming";--> statement-breakpoint
DROP INDEX "file_unfinished";--> statement-breakpoint
CREATE INDEX "file_project_created" ON "file" USING btree ("project_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE status <> 'deleted';--> statement-breakpoint
CREATE INDEX "file_project_status" ON "file" USING btree ("project_id","status","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "file_project_type" ON "file" USING btree ("project_id",type text_pattern_ops,"created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE status not in ('pending', 'verifying', 'deleted');--> statement-breakpoint
CREATE INDEX "file_project_name" ON "file" USING gin ("project_id",name gin_trgm_ops) WHERE status not in ('pending', 'verifying', 'deleted');--> statement-breakpoint
CREATE INDEX "file_project_sorted_name" ON "file" USING btree ("project_id","name","id") WHERE status not in ('pending', 'verifying', 'deleted');--> statement-breakpoint
CREATE INDEX "file_project_sorted_size" ON "file" USING btree ("project_id","size","id") WHERE status not in ('pending', 'verifying', 'deleted');--> statement-breakpoint
CREATE INDEX "file_project_tags" ON "file" USING gin ("project_id","tags") WHERE status not in ('pending', 'verifying', 'deleted') and tags <> '{}';--> statement-breakpoint
CREATE INDEX "file_project_metadata" ON "file" USING gin ("project_id",("metadata"::text) gin_trgm_ops) WHERE status not in ('pending', 'verifying', 'deleted') and metadata <> '{}';--> statement-breakpoint
CREATE INDEX "file_project_folder" ON "file" USING btree ("project_id",folder text_pattern_ops,"created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE status not in ('pending', 'verifying', 'deleted') and folder <> '';--> statement-breakpoint
CREATE INDEX "file_project_route" ON "file" USING btree ("project_id","route","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE status not in ('pending', 'verifying', 'deleted') and route is not null;--> statement-breakpoint
CREATE INDEX "file_custom_id" ON "file" USING btree ("project_id","custom_id") WHERE custom_id is not null and status not in ('pending', 'verifying', 'ready');--> statement-breakpoint
CREATE INDEX "file_storage_key" ON "file" USING btree ("storage_id",key collate "C") WHERE status = 'ready';--> statement-breakpoint
CREATE INDEX "file_storage_incoming" ON "file" USING btree ("storage_id",incoming_key collate "C") WHERE incoming_key is not null and status in ('pending', 'verifying');--> statement-breakpoint
CREATE INDEX "file_unfinished" ON "file" USING btree ("id") WHERE status in ('pending', 'verifying');
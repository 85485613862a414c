DROP INDEX "file_project_name";--> statement-breakpoint
DROP INDEX "file_project_tags";--> statement-breakpoint
CREATE INDEX "file_project_filters" ON "file" USING gin ("project_id",name gin_trgm_ops,"tags","type","route") WHERE status not in ('pending', 'verifying', 'deleted');
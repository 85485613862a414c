CREATE TABLE "saved_view" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"query" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "upload_log" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "upload_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"project_id" text NOT NULL,
	"outcome" text NOT NULL,
	"file_id" text,
	"name" text NOT NULL,
	"size" bigint,
	"type" text,
	"code" text NOT NULL,
	"message" text NOT NULL,
	"rule" text,
	"route" text,
	"uploader" text,
	"actor_type" text NOT NULL,
	"actor_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "tags" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "folder" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "is_private" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "route" text;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "uploader" text;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "width" integer;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "height" integer;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "replaces" text;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "replaced_by" text;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "delete_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "confirm_by" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "trashed_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "upload_log" ADD CONSTRAINT "upload_log_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "saved_view_name" ON "saved_view" USING btree ("project_id","user_id","name");--> statement-breakpoint
CREATE INDEX "upload_log_project" ON "upload_log" USING btree ("project_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "upload_log_created" ON "upload_log" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "file_project_sorted_name" ON "file" USING btree ("project_id","name","id") WHERE status <> 'pending';--> statement-breakpoint
CREATE INDEX "file_project_sorted_size" ON "file" USING btree ("project_id","size","id") WHERE status <> 'pending';--> statement-breakpoint
CREATE INDEX "file_project_tags" ON "file" USING gin ("project_id","tags") WHERE status <> 'pending' and tags <> '{}';--> statement-breakpoint
CREATE INDEX "file_project_metadata" ON "file" USING gin ("project_id",("metadata"::text) gin_trgm_ops) WHERE status <> 'pending' and metadata <> '{}';--> statement-breakpoint
CREATE INDEX "file_project_folder" ON "file" USING btree ("project_id",folder text_pattern_ops,"created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE folder <> '';--> statement-breakpoint
CREATE INDEX "file_project_route" ON "file" USING btree ("project_id","route","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE route is not null;--> statement-breakpoint
CREATE INDEX "file_project_uploader" ON "file" USING btree ("project_id","uploader","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE uploader is not null;--> statement-breakpoint
CREATE INDEX "file_due" ON "file" USING btree (least(delete_at, confirm_by)) WHERE status = 'ready' and (delete_at is not null or confirm_by is not null);--> statement-breakpoint
CREATE INDEX "file_trash" ON "file" USING btree ("trashed_until") WHERE trashed_until is not null;--> statement-breakpoint
CREATE INDEX "file_replaces" ON "file" USING btree ("replaces") WHERE replaces is not null;
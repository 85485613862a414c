CREATE TABLE "event" (
	"id" text PRIMARY KEY NOT NULL,
	"sequence" bigint GENERATED ALWAYS AS IDENTITY (sequence name "event_sequence_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"project_id" text NOT NULL,
	"type" text NOT NULL,
	"entity_id" text NOT NULL,
	"data" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "file_transition" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "file_transition_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"file_id" text NOT NULL,
	"from" text NOT NULL,
	"to" text NOT NULL,
	"reason" text NOT NULL,
	"message" text,
	"actor_type" text NOT NULL,
	"actor_id" text,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "upload_part" (
	"file_id" text NOT NULL,
	"number" integer NOT NULL,
	"sha256" text NOT NULL,
	CONSTRAINT "upload_part_file_id_number_pk" PRIMARY KEY("file_id","number")
);
--> statement-breakpoint
CREATE TABLE "derivative" (
	"file_id" text NOT NULL,
	"spec" text NOT NULL,
	"key" text NOT NULL,
	"storage_id" text,
	"size" bigint NOT NULL,
	"type" text NOT NULL,
	"sha256" text NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "derivative_file_id_spec_pk" PRIMARY KEY("file_id","spec"),
	CONSTRAINT "derivative_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "reconcile_run" (
	"storage" text PRIMARY KEY NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"objects" bigint NOT NULL,
	"removed_objects" bigint NOT NULL,
	"lost_objects" bigint NOT NULL,
	"aborted_multiparts" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sweep_action" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sweep_action_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"project_id" text,
	"action" text NOT NULL,
	"file_id" text,
	"key" text,
	"bytes" bigint,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "scan_verdict" (
	"sha256" text PRIMARY KEY NOT NULL,
	"verdict" text NOT NULL,
	"signature" text,
	"engine" text NOT NULL,
	"scanned_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "storage_connection" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"name" text NOT NULL,
	"address" jsonb NOT NULL,
	"credentials" text NOT NULL,
	"access_key_hint" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"deleted_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "storage_move" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"from_id" text,
	"to_id" text,
	"status" text NOT NULL,
	"moved_files" bigint DEFAULT 0 NOT NULL,
	"moved_bytes" bigint DEFAULT 0 NOT NULL,
	"problem" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "storage_probe" (
	"fingerprint" text PRIMARY KEY NOT NULL,
	"capabilities" jsonb NOT NULL,
	"probed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tus_upload" (
	"file_id" text PRIMARY KEY NOT NULL,
	"length" bigint,
	"metadata" text,
	"concat" text,
	"state" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "project_usage" (
	"project_id" text PRIMARY KEY NOT NULL,
	"files" bigint NOT NULL,
	"bytes" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "usage_entry" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "usage_entry_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"project_id" text NOT NULL,
	"file_id" text NOT NULL,
	"files" integer NOT NULL,
	"bytes" bigint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"counted_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "storage_id" text;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "upload_kind" text DEFAULT 'single' NOT NULL;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "incoming_key" text;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "upload_id" text;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "part_size" bigint;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "size_deferred" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "checksum" text;--> statement-breakpoint
ALTER TABLE "project" ADD COLUMN "storage_id" text;--> statement-breakpoint
ALTER TABLE "file_transition" ADD CONSTRAINT "file_transition_file_id_file_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."file"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "upload_part" ADD CONSTRAINT "upload_part_file_id_file_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."file"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "derivative" ADD CONSTRAINT "derivative_file_id_file_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."file"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "derivative" ADD CONSTRAINT "derivative_storage_id_storage_connection_id_fk" FOREIGN KEY ("storage_id") REFERENCES "public"."storage_connection"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "storage_connection" ADD CONSTRAINT "storage_connection_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "storage_move" ADD CONSTRAINT "storage_move_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "storage_move" ADD CONSTRAINT "storage_move_from_id_storage_connection_id_fk" FOREIGN KEY ("from_id") REFERENCES "public"."storage_connection"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "storage_move" ADD CONSTRAINT "storage_move_to_id_storage_connection_id_fk" FOREIGN KEY ("to_id") REFERENCES "public"."storage_connection"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tus_upload" ADD CONSTRAINT "tus_upload_file_id_file_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."file"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "event_project_sequence" ON "event" USING btree ("project_id","sequence");--> statement-breakpoint
CREATE INDEX "event_entity" ON "event" USING btree ("entity_id");--> statement-breakpoint
CREATE INDEX "file_transition_file" ON "file_transition" USING btree ("file_id","id");--> statement-breakpoint
CREATE INDEX "derivative_storage_key" ON "derivative" USING btree ("storage_id",key collate "C");--> statement-breakpoint
CREATE INDEX "sweep_action_project" ON "sweep_action" USING btree ("project_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "storage_connection_project" ON "storage_connection" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "storage_move_project" ON "storage_move" USING btree ("project_id","created_at");--> statement-breakpoint
CREATE INDEX "usage_entry_uncounted" ON "usage_entry" USING btree ("project_id") WHERE counted_at is null;--> statement-breakpoint
CREATE INDEX "usage_entry_file" ON "usage_entry" USING btree ("file_id");--> statement-breakpoint
ALTER TABLE "file" ADD CONSTRAINT "file_storage_id_storage_connection_id_fk" FOREIGN KEY ("storage_id") REFERENCES "public"."storage_connection"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project" ADD CONSTRAINT "project_storage_id_storage_connection_id_fk" FOREIGN KEY ("storage_id") REFERENCES "public"."storage_connection"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "file_storage_key" ON "file" USING btree ("storage_id",key collate "C");--> statement-breakpoint
CREATE INDEX "file_storage_incoming" ON "file" USING btree ("storage_id",incoming_key collate "C") WHERE incoming_key is not null;--> statement-breakpoint
CREATE INDEX "file_project_unfinished" ON "file" USING btree ("project_id") WHERE status in ('pending', 'verifying');--> statement-breakpoint
UPDATE "project" SET "rules" = "rules" || '{"maxTotalSize": null, "scan": "when_available"}'::jsonb;--> statement-breakpoint
INSERT INTO "usage_entry" ("project_id", "file_id", "files", "bytes", "created_at")
SELECT "project_id", "id", 1, "size", "ready_at" FROM "file" WHERE "status" = 'ready';

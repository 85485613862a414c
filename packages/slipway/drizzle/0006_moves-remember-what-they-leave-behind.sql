CREATE TABLE "storage_leftover" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "storage_leftover_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"project_id" text NOT NULL,
	"storage_id" text,
	"key" text NOT NULL,
	"upload_id" text,
	"due_at" timestamp (3) with time zone NOT NULL,
	"open_until" timestamp (3) with time zone,
	CONSTRAINT "storage_leftover_object" UNIQUE NULLS NOT DISTINCT("storage_id","key")
);
--> statement-breakpoint
ALTER TABLE "storage_move" ADD COLUMN "total_files" bigint NOT NULL;--> statement-breakpoint
ALTER TABLE "storage_move" ADD COLUMN "total_bytes" bigint NOT NULL;--> statement-breakpoint
ALTER TABLE "storage_move" ADD COLUMN "turn" text;--> statement-breakpoint
ALTER TABLE "storage_move" ADD COLUMN "turn_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "storage_leftover" ADD CONSTRAINT "storage_leftover_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "storage_leftover" ADD CONSTRAINT "storage_leftover_storage_id_storage_connection_id_fk" FOREIGN KEY ("storage_id") REFERENCES "public"."storage_connection"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "storage_leftover_due" ON "storage_leftover" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "storage_leftover_project" ON "storage_leftover" USING btree ("project_id");--> statement-breakpoint
CREATE UNIQUE INDEX "storage_move_running" ON "storage_move" USING btree ("project_id") WHERE status = 'running';
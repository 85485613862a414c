CREATE TABLE "callback_attempt" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "callback_attempt_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"file_id" text NOT NULL,
	"number" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"duration_ms" integer NOT NULL,
	"url" text,
	"status" integer,
	"body" text,
	"problem" text
);
--> statement-breakpoint
ALTER TABLE "upload_callback" ALTER COLUMN "url" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "upload_callback" ALTER COLUMN "data" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "upload_callback" ALTER COLUMN "secret" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "upload_callback" ADD COLUMN "wire" text DEFAULT 'slipway' NOT NULL;--> statement-breakpoint
ALTER TABLE "upload_callback" ADD COLUMN "hook" text DEFAULT 'callback' NOT NULL;--> statement-breakpoint
ALTER TABLE "upload_callback" ADD COLUMN "next_attempt_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "callback_attempt" ADD CONSTRAINT "callback_attempt_file_id_upload_callback_file_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."upload_callback"("file_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "callback_attempt_file" ON "callback_attempt" USING btree ("file_id","id");--> statement-breakpoint
CREATE INDEX "callback_attempt_at" ON "callback_attempt" USING btree ("at");--> statement-breakpoint
CREATE INDEX "upload_callback_due" ON "upload_callback" USING btree ("next_attempt_at") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "event_created" ON "event" USING brin ("created_at");--> statement-breakpoint
CREATE INDEX "webhook_delivery_of_event" ON "webhook_delivery" USING btree ("event_id");--> statement-breakpoint
UPDATE "upload_callback" SET "next_attempt_at" = now() WHERE "state" = 'pending';--> statement-breakpoint
INSERT INTO "upload_callback" ("file_id", "wire", "hook", "state", "attempts", "next_attempt_at", "busy_until", "last_error", "result", "created_at", "finished_at")
SELECT "file_id", 'uploadthing', "hook", "status", "attempts", now(), "busy_until", "last_error", "result", "created_at", "finished_at"
FROM "uploadthing_callback" ON CONFLICT DO NOTHING;--> statement-breakpoint
DROP TABLE "uploadthing_callback";

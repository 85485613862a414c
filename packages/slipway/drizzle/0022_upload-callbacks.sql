CREATE TABLE "upload_callback" (
	"file_id" text PRIMARY KEY NOT NULL,
	"url" text NOT NULL,
	"data" text NOT NULL,
	"secret" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"claimed" integer DEFAULT 0 NOT NULL,
	"busy_until" timestamp (3) with time zone,
	"last_error" text,
	"result" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "has_callback" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "upload_callback" ADD CONSTRAINT "upload_callback_file_id_file_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."file"("id") ON DELETE cascade ON UPDATE no action;
CREATE TABLE "upload_token_use" (
	"token_id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"files" integer NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "tus_upload" ADD COLUMN "offset" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "upload_token_use" ADD CONSTRAINT "upload_token_use_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;
CREATE TABLE "file_source" (
	"file_id" text PRIMARY KEY NOT NULL,
	"url" text NOT NULL,
	"validator" text
);
--> statement-breakpoint
ALTER TABLE "file_source" ADD CONSTRAINT "file_source_file_id_file_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."file"("id") ON DELETE cascade ON UPDATE no action;
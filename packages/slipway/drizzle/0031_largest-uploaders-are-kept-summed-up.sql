CREATE TABLE "uploader_usage" (
	"project_id" text NOT NULL,
	"uploader" text NOT NULL,
	"files" bigint NOT NULL,
	"bytes" bigint NOT NULL,
	CONSTRAINT "uploader_usage_project_id_uploader_pk" PRIMARY KEY("project_id","uploader")
);
--> statement-breakpoint
CREATE INDEX "uploader_usage_largest" ON "uploader_usage" USING btree ("project_id","bytes" DESC NULLS FIRST,"uploader");--> statement-breakpoint
LOCK TABLE "usage_entry" IN SHARE ROW EXCLUSIVE MODE;--> statement-breakpoint
INSERT INTO "uploader_usage" ("project_id", "uploader", "files", "bytes")
SELECT "file"."project_id", "uploader", sum("usage_entry"."files"), sum("usage_entry"."bytes")
FROM "usage_entry" JOIN "file" ON "file"."id" = "file_id"
WHERE "counted_at" IS NOT NULL AND "uploader" IS NOT NULL
GROUP BY "file"."project_id", "uploader";

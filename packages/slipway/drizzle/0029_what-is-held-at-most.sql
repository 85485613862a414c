CREATE TABLE "usage_ceiling" (
	"owner_id" text PRIMARY KEY NOT NULL,
	"month" date,
	"files" bigint NOT NULL,
	"bytes" bigint NOT NULL,
	"uploads" bigint NOT NULL,
	"uploaded_bytes" bigint NOT NULL,
	"counted_at" timestamp (3) with time zone NOT NULL
);

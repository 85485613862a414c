ALTER TABLE "upload_token_use" ADD COLUMN "pieces" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "upload_token_use" ADD COLUMN "piece_bytes" bigint DEFAULT 0 NOT NULL;
CREATE TABLE "edit_receipt" (
	"user_id" text NOT NULL,
	"key" text NOT NULL,
	"what" text NOT NULL,
	"answer" jsonb,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "edit_receipt_user_id_key_pk" PRIMARY KEY("user_id","key")
);
--> statement-breakpoint
ALTER TABLE "edit_receipt" ADD CONSTRAINT "edit_receipt_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "edit_receipt_created" ON "edit_receipt" USING btree ("created_at");
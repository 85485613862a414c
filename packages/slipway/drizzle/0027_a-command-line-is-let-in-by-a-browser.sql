CREATE TABLE "device_login" (
	"id" text PRIMARY KEY NOT NULL,
	"device_hash" text NOT NULL,
	"user_code" text NOT NULL,
	"client_name" text NOT NULL,
	"ip" text,
	"status" text DEFAULT 'pending' NOT NULL,
	"user_id" text,
	"email" text,
	"project_id" text,
	"scopes" text[],
	"key_expires_at" timestamp (3) with time zone,
	"polled_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "device_login_device_hash_unique" UNIQUE("device_hash"),
	CONSTRAINT "device_login_user_code_unique" UNIQUE("user_code")
);
--> statement-breakpoint
ALTER TABLE "device_login" ADD CONSTRAINT "device_login_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "device_login_expires" ON "device_login" USING btree ("expires_at");
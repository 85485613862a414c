CREATE TABLE "uploadthing_callback" (
	"file_id" text PRIMARY KEY NOT NULL,
	"hook" text NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"busy_until" timestamp (3) with time zone,
	"last_error" text,
	"result" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "uploadthing_file" (
	"file_id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"key" text NOT NULL,
	"signature" text NOT NULL,
	"slug" text,
	"acl" text,
	"disposition" text NOT NULL,
	"md5" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "uploadthing_key" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"secret" text NOT NULL,
	"hash" text NOT NULL,
	"last4" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone,
	CONSTRAINT "uploadthing_key_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "uploadthing_route" (
	"project_id" text NOT NULL,
	"file_key" text NOT NULL,
	"metadata" jsonb NOT NULL,
	"callback_url" text NOT NULL,
	"slug" text NOT NULL,
	"is_dev" boolean NOT NULL,
	"await_server_data" boolean NOT NULL,
	"key_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "uploadthing_route_project_id_file_key_pk" PRIMARY KEY("project_id","file_key")
);
--> statement-breakpoint
ALTER TABLE "uploadthing_callback" ADD CONSTRAINT "uploadthing_callback_file_id_file_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."file"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploadthing_file" ADD CONSTRAINT "uploadthing_file_file_id_file_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."file"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploadthing_file" ADD CONSTRAINT "uploadthing_file_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploadthing_key" ADD CONSTRAINT "uploadthing_key_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploadthing_route" ADD CONSTRAINT "uploadthing_route_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "uploadthing_callback_pending" ON "uploadthing_callback" USING btree ("created_at") WHERE status = 'pending';--> statement-breakpoint
CREATE UNIQUE INDEX "uploadthing_file_project_key" ON "uploadthing_file" USING btree ("project_id","key");--> statement-breakpoint
CREATE INDEX "uploadthing_file_key" ON "uploadthing_file" USING btree ("key","created_at");--> statement-breakpoint
CREATE INDEX "uploadthing_key_project" ON "uploadthing_key" USING btree ("project_id","created_at");--> statement-breakpoint
CREATE INDEX "uploadthing_route_created" ON "uploadthing_route" USING btree ("created_at");
CREATE TABLE "look_default" (
	"organization_id" text PRIMARY KEY NOT NULL,
	"look" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "look_preset" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"name" text NOT NULL,
	"preset" text NOT NULL,
	"adjustments" jsonb NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "look_preview" (
	"id" text PRIMARY KEY NOT NULL,
	"listing_id" text NOT NULL,
	"scene_id" text NOT NULL,
	"status" text DEFAULT 'queued' NOT NULL,
	"key" text NOT NULL,
	"options" jsonb NOT NULL,
	"input_photo_ids" jsonb NOT NULL,
	"file_id" text,
	"width" integer,
	"height" integer,
	"failure_reason" text,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "look_default" ADD CONSTRAINT "look_default_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "look_preset" ADD CONSTRAINT "look_preset_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "look_preview" ADD CONSTRAINT "look_preview_listing_id_listing_id_fk" FOREIGN KEY ("listing_id") REFERENCES "public"."listing"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "look_preview" ADD CONSTRAINT "look_preview_scene_id_scene_id_fk" FOREIGN KEY ("scene_id") REFERENCES "public"."scene"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "look_preset_name" ON "look_preset" USING btree ("organization_id",lower("name"));--> statement-breakpoint
CREATE UNIQUE INDEX "look_preview_once" ON "look_preview" USING btree ("scene_id","key") WHERE "look_preview"."status" in ('queued', 'done');--> statement-breakpoint
CREATE INDEX "look_preview_of_member" ON "look_preview" USING btree ("created_by","created_at");--> statement-breakpoint
CREATE INDEX "look_preview_created" ON "look_preview" USING btree ("created_at");
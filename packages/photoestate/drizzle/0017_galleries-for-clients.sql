CREATE TABLE "delivery" (
	"id" text PRIMARY KEY NOT NULL,
	"listing_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"token_hash" text NOT NULL,
	"link_number" integer DEFAULT 1 NOT NULL,
	"pass" integer DEFAULT 1 NOT NULL,
	"recipients" jsonb NOT NULL,
	"message" text,
	"pin_hash" text,
	"expires_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"branded" boolean DEFAULT true NOT NULL,
	"watermark" boolean DEFAULT false NOT NULL,
	"paid_at" timestamp (3) with time zone,
	"sizes" jsonb NOT NULL,
	"decision" text,
	"decision_note" text,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	"announced_at" timestamp (3) with time zone,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "delivery_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "delivery_copy" (
	"id" text PRIMARY KEY NOT NULL,
	"listing_id" text NOT NULL,
	"source_file_id" text NOT NULL,
	"kind" text NOT NULL,
	"mark" text DEFAULT '' NOT NULL,
	"file_id" text NOT NULL,
	"bytes" bigint NOT NULL,
	"crc32" bigint NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "delivery_copy_once" UNIQUE("source_file_id","kind","mark")
);
--> statement-breakpoint
CREATE TABLE "delivery_photo" (
	"id" text PRIMARY KEY NOT NULL,
	"delivery_id" text NOT NULL,
	"scene_id" text NOT NULL,
	"enhancement_id" text NOT NULL,
	"position" integer NOT NULL,
	"title" text,
	"decision" text,
	"decision_note" text,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	CONSTRAINT "delivery_photo_scene" UNIQUE("delivery_id","scene_id")
);
--> statement-breakpoint
CREATE TABLE "gallery_comment" (
	"id" text PRIMARY KEY NOT NULL,
	"delivery_id" text NOT NULL,
	"photo_id" text,
	"reply_to" text,
	"visitor_id" text,
	"user_id" text,
	"author" text NOT NULL,
	"body" text NOT NULL,
	"x" double precision,
	"y" double precision,
	"resolved_at" timestamp (3) with time zone,
	"hidden_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "gallery_favourite" (
	"visitor_id" text NOT NULL,
	"photo_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "gallery_favourite_visitor_id_photo_id_pk" PRIMARY KEY("visitor_id","photo_id")
);
--> statement-breakpoint
CREATE TABLE "gallery_visitor" (
	"id" text PRIMARY KEY NOT NULL,
	"delivery_id" text NOT NULL,
	"user_id" text,
	"name" text,
	"opened" integer DEFAULT 1 NOT NULL,
	"downloads" integer DEFAULT 0 NOT NULL,
	"last_download_at" timestamp (3) with time zone,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "gallery_visitor_user" UNIQUE("delivery_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_listing_id_listing_id_fk" FOREIGN KEY ("listing_id") REFERENCES "public"."listing"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_copy" ADD CONSTRAINT "delivery_copy_listing_id_listing_id_fk" FOREIGN KEY ("listing_id") REFERENCES "public"."listing"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_photo" ADD CONSTRAINT "delivery_photo_delivery_id_delivery_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."delivery"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_photo" ADD CONSTRAINT "delivery_photo_scene_id_scene_id_fk" FOREIGN KEY ("scene_id") REFERENCES "public"."scene"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_photo" ADD CONSTRAINT "delivery_photo_enhancement_id_enhancement_id_fk" FOREIGN KEY ("enhancement_id") REFERENCES "public"."enhancement"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gallery_comment" ADD CONSTRAINT "gallery_comment_delivery_id_delivery_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."delivery"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gallery_comment" ADD CONSTRAINT "gallery_comment_photo_id_delivery_photo_id_fk" FOREIGN KEY ("photo_id") REFERENCES "public"."delivery_photo"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gallery_comment" ADD CONSTRAINT "gallery_comment_reply_to_gallery_comment_id_fk" FOREIGN KEY ("reply_to") REFERENCES "public"."gallery_comment"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gallery_comment" ADD CONSTRAINT "gallery_comment_visitor_id_gallery_visitor_id_fk" FOREIGN KEY ("visitor_id") REFERENCES "public"."gallery_visitor"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gallery_favourite" ADD CONSTRAINT "gallery_favourite_visitor_id_gallery_visitor_id_fk" FOREIGN KEY ("visitor_id") REFERENCES "public"."gallery_visitor"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gallery_favourite" ADD CONSTRAINT "gallery_favourite_photo_id_delivery_photo_id_fk" FOREIGN KEY ("photo_id") REFERENCES "public"."delivery_photo"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gallery_visitor" ADD CONSTRAINT "gallery_visitor_delivery_id_delivery_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."delivery"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "delivery_listing" ON "delivery" USING btree ("listing_id","created_at");--> statement-breakpoint
CREATE INDEX "delivery_organization" ON "delivery" USING btree ("organization_id","created_at");--> statement-breakpoint
CREATE INDEX "delivery_copy_listing" ON "delivery_copy" USING btree ("listing_id");--> statement-breakpoint
CREATE INDEX "delivery_copy_file" ON "delivery_copy" USING btree ("file_id");--> statement-breakpoint
CREATE INDEX "delivery_photo_enhancement" ON "delivery_photo" USING btree ("enhancement_id");--> statement-breakpoint
CREATE INDEX "delivery_photo_scene_id" ON "delivery_photo" USING btree ("scene_id");--> statement-breakpoint
CREATE INDEX "gallery_comment_delivery" ON "gallery_comment" USING btree ("delivery_id","created_at");--> statement-breakpoint
CREATE INDEX "gallery_favourite_photo" ON "gallery_favourite" USING btree ("photo_id");--> statement-breakpoint
CREATE INDEX "gallery_visitor_delivery" ON "gallery_visitor" USING btree ("delivery_id","last_seen_at");
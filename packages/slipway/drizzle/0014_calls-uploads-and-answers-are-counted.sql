CREATE UNLOGGED TABLE "rate_budget" (
	"key" text PRIMARY KEY NOT NULL,
	"spent" double precision NOT NULL,
	"at" timestamp (6) with time zone NOT NULL,
	"quota" integer NOT NULL,
	"window_seconds" integer NOT NULL,
	"wanted" integer NOT NULL,
	"granted" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "idempotency_key" (
	"project_id" text NOT NULL,
	"key" text NOT NULL,
	"fingerprint" text NOT NULL,
	"holder" text NOT NULL,
	"lease_until" timestamp (3) with time zone NOT NULL,
	"status" integer,
	"headers" jsonb,
	"body" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_key_project_id_key_pk" PRIMARY KEY("project_id","key")
);
--> statement-breakpoint
CREATE TABLE "organization_plan" (
	"organization_id" text PRIMARY KEY NOT NULL,
	"plan" text NOT NULL,
	"assigned_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "usage_day" (
	"project_id" text NOT NULL,
	"day" date NOT NULL,
	"organization_id" text NOT NULL,
	"uploads" bigint NOT NULL,
	"uploaded_bytes" bigint NOT NULL,
	"files" bigint NOT NULL,
	"bytes" bigint NOT NULL,
	CONSTRAINT "usage_day_project_id_day_pk" PRIMARY KEY("project_id","day")
);
--> statement-breakpoint
CREATE TABLE "usage_notice" (
	"organization_id" text NOT NULL,
	"month" date NOT NULL,
	"metric" text NOT NULL,
	"percent" smallint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "usage_notice_organization_id_month_metric_percent_pk" PRIMARY KEY("organization_id","month","metric","percent")
);
--> statement-breakpoint
ALTER TABLE "project" ADD COLUMN "limits" jsonb;--> statement-breakpoint
ALTER TABLE "usage_entry" ADD COLUMN "uploads" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "idempotency_key" ADD CONSTRAINT "idempotency_key_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_plan" ADD CONSTRAINT "organization_plan_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "idempotency_key_created" ON "idempotency_key" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "usage_day_organization" ON "usage_day" USING btree ("organization_id","day");--> statement-breakpoint
UPDATE "usage_entry" SET "uploads" = 1 WHERE "files" = 1;--> statement-breakpoint
INSERT INTO "usage_day" SELECT e."project_id", (e."created_at" AT TIME ZONE 'UTC')::date, p."organization_id",
	sum(e."uploads"), coalesce(sum(e."bytes") FILTER (WHERE e."uploads" = 1), 0), sum(e."files"), sum(e."bytes")
	FROM "usage_entry" e JOIN "project" p ON p."id" = e."project_id"
	WHERE e."counted_at" IS NOT NULL GROUP BY 1, 2, 3;

CREATE TABLE "credit_balance" (
	"organization_id" text PRIMARY KEY NOT NULL,
	"available" integer DEFAULT 0 NOT NULL,
	"reserved" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "credit_balance_never_below_zero" CHECK ("credit_balance"."available" >= 0 and "credit_balance"."reserved" >= 0)
);
--> statement-breakpoint
CREATE TABLE "credit_entry" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "credit_entry_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"organization_id" text NOT NULL,
	"kind" text NOT NULL,
	"reference" text NOT NULL,
	"credits" integer NOT NULL,
	"reserved" integer NOT NULL,
	"user_id" text NOT NULL,
	"listing_id" text,
	"scene_id" text,
	"taken_from" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"note" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "credit_entry_signs" CHECK (case "credit_entry"."kind"
        when 'grant' then "credit_entry"."credits" > 0 and "credit_entry"."reserved" = 0
        when 'reserve' then "credit_entry"."credits" < 0 and "credit_entry"."reserved" = -"credit_entry"."credits"
        when 'settle' then "credit_entry"."credits" = 0 and "credit_entry"."reserved" < 0
        when 'release' then "credit_entry"."credits" > 0 and "credit_entry"."reserved" in (0, -"credit_entry"."credits")
        when 'expire' then "credit_entry"."credits" < 0 and "credit_entry"."reserved" = 0
        else false end)
);
--> statement-breakpoint
CREATE TABLE "credit_grant" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"credits" integer NOT NULL,
	"remaining" integer NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "credit_grant_remaining" CHECK ("credit_grant"."remaining" >= 0 and "credit_grant"."remaining" <= "credit_grant"."credits")
);
--> statement-breakpoint
ALTER TABLE "enhancement" ADD COLUMN "credit_reference" text;--> statement-breakpoint
ALTER TABLE "credit_balance" ADD CONSTRAINT "credit_balance_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_grant" ADD CONSTRAINT "credit_grant_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "credit_entry_once" ON "credit_entry" USING btree ("organization_id","kind","reference");--> statement-breakpoint
CREATE INDEX "credit_entry_history" ON "credit_entry" USING btree ("organization_id","id");--> statement-breakpoint
CREATE INDEX "credit_grant_open" ON "credit_grant" USING btree ("organization_id","expires_at") WHERE "credit_grant"."remaining" > 0;--> statement-breakpoint
CREATE INDEX "credit_grant_due" ON "credit_grant" USING btree ("expires_at") WHERE "credit_grant"."remaining" > 0;--> statement-breakpoint
CREATE FUNCTION credit_entry_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'rows of credit_entry are only ever added';
END
$$;--> statement-breakpoint
CREATE TRIGGER credit_entry_is_kept BEFORE UPDATE OR DELETE ON "credit_entry" FOR EACH ROW EXECUTE FUNCTION credit_entry_is_kept();

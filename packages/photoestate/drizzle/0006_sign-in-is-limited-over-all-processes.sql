CREATE UNLOGGED TABLE "rate_budget" (
	"key" text PRIMARY KEY NOT NULL,
	"spent" double precision NOT NULL,
	"at" timestamp (6) with time zone NOT NULL,
	"quota" integer NOT NULL,
	"window_seconds" integer NOT NULL,
	"wanted" integer NOT NULL,
	"granted" integer NOT NULL
);

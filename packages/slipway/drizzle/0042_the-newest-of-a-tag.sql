CREATE TABLE "file_tag" (
	"project_id" text NOT NULL,
	"tag" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"file_id" text NOT NULL,
	CONSTRAINT "file_tag_project_id_tag_created_at_file_id_pk" PRIMARY KEY("project_id","tag","created_at","file_id")
);
--> statement-breakpoint
CREATE FUNCTION file_tag_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP <> 'INSERT' THEN
		DELETE FROM file_tag
			WHERE project_id = OLD.project_id AND tag = ANY (OLD.tags) AND created_at = OLD.created_at AND file_id = OLD.id;
	END IF;
	IF TG_OP <> 'DELETE' AND NEW.status <> 'deleted' THEN
		INSERT INTO file_tag SELECT DISTINCT NEW.project_id, tag, NEW.created_at, NEW.id FROM unnest(NEW.tags) AS tag;
	END IF;
	RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER file_tag_added AFTER INSERT ON "file" FOR EACH ROW
	WHEN (NEW.tags <> '{}') EXECUTE FUNCTION file_tag_follows();--> statement-breakpoint
CREATE TRIGGER file_tag_changed AFTER UPDATE ON "file" FOR EACH ROW
	WHEN ((OLD.tags <> '{}' OR NEW.tags <> '{}')
		AND (OLD.tags, OLD.status = 'deleted', OLD.created_at) IS DISTINCT FROM (NEW.tags, NEW.status = 'deleted', NEW.created_at))
	EXECUTE FUNCTION file_tag_follows();--> statement-breakpoint
CREATE TRIGGER file_tag_removed AFTER DELETE ON "file" FOR EACH ROW
	WHEN (OLD.tags <> '{}') EXECUTE FUNCTION file_tag_follows();--> statement-breakpoint
INSERT INTO file_tag SELECT DISTINCT project_id, tag, created_at, id FROM "file", unnest(tags) AS tag WHERE status <> 'deleted';

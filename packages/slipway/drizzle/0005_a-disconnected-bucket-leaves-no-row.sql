ALTER TABLE "storage_move" DROP CONSTRAINT "storage_move_from_id_storage_connection_id_fk";
--> statement-breakpoint
ALTER TABLE "storage_connection" DROP COLUMN "deleted_at";--> statement-breakpoint
ALTER TABLE "storage_move" DROP COLUMN "from_id";
ALTER TABLE "project" DROP CONSTRAINT "project_storage_id_storage_connection_id_fk";

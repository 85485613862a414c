UPDATE "member" SET "role" = 'developer' WHERE "role" = 'member';

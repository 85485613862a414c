CREATE INDEX "gallery_comment_photo" ON "gallery_comment" USING btree ("photo_id");--> statement-breakpoint
CREATE INDEX "gallery_comment_visitor" ON "gallery_comment" USING btree ("visitor_id");--> statement-breakpoint
CREATE INDEX "gallery_comment_reply_to" ON "gallery_comment" USING btree ("reply_to");